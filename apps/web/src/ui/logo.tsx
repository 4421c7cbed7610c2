export function Logo() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="14" fill="#0f766e" />
      <path d="M20 50V17a3 3 0 0 1 3-3h18a3 3 0 0 1 3 3v33" fill="none" stroke="#fff" strokeWidth="4" />
      <path d="M14 50h36" stroke="#fff" strokeWidth="4" strokeLinecap="round" />
      <circle cx="37" cy="33" r="2.6" fill="#fff" />
    </svg>
  );
}
