export default function DeskApp() {
  return null;
}
