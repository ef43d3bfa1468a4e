import { isCurrency } from '../currency.ts'
import { formatMoney } from '../money.ts'
import { formatBps } from '../percent.ts'
import { labelOf } from '../labels.ts'
import { labelOfField, SENSITIVE } from './sensitiveFields.ts'
import type { FieldChange } from './splitChange.ts'

/** A field of a change as people read it. */
export type FieldLine = { label: string; from: string; to: string }

/** Describes what changes from what to what. A password or a key is never shown. */
export const describeFieldChange = (
  subject: string,
  { after, before, field }: FieldChange,
): FieldLine => {
  const label = labelOfField(subject, field)
  const isSecret = SENSITIVE[subject]?.some((known) => known.field === field && known.isSecret)
  if (isSecret) return { label, from: '•••', to: 'a new one' }
  return { label, from: formatValue(field, before), to: formatValue(field, after) }
}

/** Fields with a choice as their value. */
const NAMED = ['autoApprove', 'duration', 'role']

const formatValue = (name: string, value: unknown, currency?: unknown): string => {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return formatNumber(name, value, currency)
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map((one) => formatValue(name, one)).join('; ')
  }
  if (typeof value === 'object') return formatRow(value as Record<string, unknown>)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return NAMED.includes(name) ? labelOf(text) : text
}

const formatNumber = (name: string, value: number, currency: unknown): string => {
  if (name.endsWith('Bps')) return formatBps(value)
  return name.endsWith('Minor') && isCurrency(currency)
    ? formatMoney(value, currency)
    : String(value)
}

/** A row of a currency: `INR: above ₹5,000.00`, of a method `INR upi: …`; other values by their names. */
const formatRow = ({ currency, ...columns }: Record<string, unknown>): string => {
  const names = [currency, columns.kind].filter((name) => typeof name === 'string')
  const head = names.length > 0 ? `${names.join(' ')}: ` : ''
  const parts = Object.entries(columns)
    .filter(([name, value]) => value !== null && name !== 'kind')
    .map(([name, value]) => `${COLUMNS[name] ?? name} ${formatValue(name, value, currency)}`)
  return parts.length === 0 ? 'none' : `${head}${parts.join(', ')}`
}

const COLUMNS: Record<string, string> = {
  aboveMinor: 'above',
  actorAboveMinor: 'by one person in a day above',
  minPaymentMinor: 'payments from',
  maxCommissionMinor: 'at most',
  perImportMinor: 'each import above',
  perMemberMinor: 'each member in a day above',
  perActorMinor: 'each person in a day above',
  largestMinor: 'up to',
  isOn: 'is',
  driver: 'paid by',
  bankProfile: 'with the profile',
  minMinor: 'from',
  maxMinor: 'each up to',
  memberDayMinor: 'each member in a day up to',
  actorDayMinor: 'approved by each person in a day up to',
  fourEyesAboveMinor: 'by two people above',
  autoApproveBelowMinor: 'automatically below',
  autoApproveAfterDays: 'of members since days',
  autoApproveAfterSettled: 'after settled withdrawals',
  coolOffHours: 'cool-off hours',
  feeFixedMinor: 'fee',
  feePercentBps: 'fee of the amount',
  feeBearer: 'borne by',
}
