/** The mark: the hump of a sale, cut into the steps of capacity that follows it. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#3b5bdb" />
      <path d="M4.5 24.5C10 24.5 12 7 16 7s6 17.5 11.5 17.5z" fill="#fff" fillOpacity=".28" />
      <path
        d="M5 21h5.500v-4.500h3v-3h5v3h3V21H27"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
