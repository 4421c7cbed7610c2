export default function SetupApp() {
  return null;
}
