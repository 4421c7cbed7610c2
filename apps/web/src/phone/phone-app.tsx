/** Seam: the phone pages live in this folder. */
export default function PhoneApp() {
  return null;
}
