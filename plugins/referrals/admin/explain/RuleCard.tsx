import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { type Fact, Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import type { Program } from '../../../../src/domain/referrals/commission.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'
import type { PaymentStory } from './loadPaymentStory.ts'

type Props = {
  rule: Program
  currency: string
  story: Pick<PaymentStory, 'rule' | 'ruleVersion'>
  versionsPath: string
  times: Times
}

/** The rule at the time of the decision, and the current rule. */
export const RuleCard = ({ currency, rule, story, times, versionsPath }: Props) => {
  const version = `Version ${rule.version}`
  return (
    <Panel
      aside={
        story.ruleVersion ? (
          <AdminLink href={`${versionsPath}/${story.ruleVersion.id}`}>{version}</AdminLink>
        ) : (
          <span className="t-muted">{version}</span>
        )
      }
      title="Rule that decided"
    >
      <Facts facts={factsOf(rule, currency, formatPeriod(story.ruleVersion, times))} />
      <p className="t-foot">
        Snapshot kept with the commission. {describeTodaysRule(rule, story.rule)}
      </p>
    </Panel>
  )
}

const factsOf = (rule: Program, currency: string, force: string | null): Fact[] => {
  const limits = rule.currencies.find((row) => row.currency === currency)
  const cap = limits?.maxCommissionMinor
  return [
    { name: 'Rate', value: formatBps(rule.rateBps) },
    { name: 'Hold', value: formatHold(rule.holdDays) },
    { name: 'Duration', value: formatDuration(rule) },
    ...(limits
      ? [
          {
            name: `Minimum payment, ${currency}`,
            value: formatMoney(limits.minPaymentMinor, currency),
          },
          {
            name: `Cap per commission, ${currency}`,
            value: typeof cap === 'number' ? formatMoney(cap, currency) : 'None',
          },
        ]
      : [{ name: `Limits for ${currency}`, value: 'No row' }]),
    ...(force ? [{ name: 'In force', value: force }] : []),
  ]
}

const formatHold = (days: number): string =>
  days === 0 ? '0 days, paid at once' : days === 1 ? '1 day' : `${days} days`

const formatDuration = ({ duration, durationMonths }: Program): string => {
  if (duration === 'always') return 'Always'
  if (duration === 'first') return 'First payment only'
  return durationMonths === 1 ? '1 month' : `${durationMonths ?? 0} months`
}

const formatPeriod = (version: PaymentStory['ruleVersion'], times: Times): string | null => {
  if (!version) return null
  const from = times.day(version.from)
  return version.until ? `${from} – ${times.day(version.until)}` : `Since ${from}`
}

const describeTodaysRule = (rule: Program, today: PaymentStory['rule']): string => {
  if (!today) return ''
  return today.version === rule.version
    ? 'It is also today’s rule.'
    : `Today’s rule is version ${today.version} (${formatBps(today.rateBps)}) and does not change it.`
}
