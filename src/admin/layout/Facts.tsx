import type { ReactNode } from 'react'

export type Fact = { name: ReactNode; value: ReactNode }

/** Names at the left, values at the right. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <dl className="t-facts">
    {facts.map(({ name, value }, index) => (
      <div key={index}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
