const SIGNS = {
  check: 'M13 4.5 6.4 11.5 3 8.2',
  cross: 'm4 4 8 8m0-8-8 8',
  dash: 'M4 8h8',
  clock: 'M8 4.4V8l2.4 1.6M14.3 8A6.3 6.3 0 1 1 1.7 8a6.3 6.3 0 0 1 12.6 0Z',
  warning: 'M8 2.2 14.6 13.6H1.4ZM8 6.4v3.4m0 1.6v.2',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  download: 'M8 2.5v7m-3-3 3 3 3-3M3 13h10',
  shield:
    'M8 1.8 13.3 3.7v4c0 3.2-2.2 5.4-5.3 6.5C4.9 13.1 2.7 10.9 2.7 7.7v-4ZM5.7 7.9l1.7 1.7 3-3.3',
} as const
export type SignName = keyof typeof SIGNS

/** An icon beside a word. Never alone: screen readers do not see it. */
export const Sign = ({ name, size = 16 }: { name: SignName; size?: number }) => (
  <svg aria-hidden="true" className="t-sign" height={size} viewBox="0 0 16 16" width={size}>
    <path
      d={SIGNS[name]}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={size > 20 ? 1.2 : 1.6}
    />
  </svg>
)
