import { Icon } from './Icon.tsx'

/** The sign with the name, on the sign-in page. */
export const Logo = () => (
  <div className="t-logo">
    <Icon />
    <span>Tributary</span>
  </div>
)
