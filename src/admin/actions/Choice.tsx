import { AdminLink } from '../layout/AdminLink.tsx'

/** A choice among a few options, as links: the choice is in the URL and can be shared. */
export const Choice = ({
  label,
  options,
}: {
  label: string
  options: { text: string; href: string; isCurrent: boolean }[]
}) => (
  <nav aria-label={label} className="t-choice">
    {options.map(({ href, isCurrent, text }) => (
      <AdminLink current={isCurrent} href={href} key={href}>
        {text}
      </AdminLink>
    ))}
  </nav>
)
