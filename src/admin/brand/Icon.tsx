/** Two streams that become one. */
export const Icon = () => (
  <svg aria-label="Tributary" fill="none" height="18" role="img" viewBox="0 0 18 18" width="18">
    <path
      d="M2 2.5c0 4.5 7 4 7 9.5v4M9 1.5V12M16 2.5c0 4.5-7 4-7 9.5"
      stroke="var(--theme-text)"
      strokeLinecap="round"
      strokeWidth="1.9"
    />
  </svg>
)
