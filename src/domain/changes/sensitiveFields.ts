/** How a new value of a field loosens it. All other changes tighten it, or are equal. */
export type Loosening =
  /**
   * A higher number; an empty one counts as the least, the most, or as the column `sameAs`. Where it
   * is unknown, the first number loosens, and so does taking it away.
   */
  | { by: 'raising'; empty: 'least' | 'most' | 'unknown' | { sameAs: string } }
  /** A lower number. */
  | { by: 'lowering' }
  | { by: 'switching-on' }
  | { by: 'switching-off' }
  /** A value further right in the order. */
  | { by: 'rank'; order: readonly string[] }
  /** A further value in a list. */
  | { by: 'adding' }
  /**
   * A new row, or a looser column of one that is there. The columns of `key` name a row, by default
   * its currency. An approved change writes the columns that are listed, and no others.
   */
  | { by: 'rows'; key?: readonly string[]; columns: Readonly<Record<string, Loosening>> }
  /** Every change of a value that is there, or also the first value. */
  | { by: 'changing'; fromEmpty?: true }
  /** Every value that is entered; taking it away does not loosen. */
  | { by: 'entering' }

export type SensitiveField = {
  field: string
  label: string
  loosens: Loosening
  /** True for a field of `users` that matters on the accounts of other staff alone. */
  isOfOtherStaff?: true
  /** True if its value waits encrypted, and is neither shown nor compared. */
  isSecret?: true
  /** Returns false for a document of which the field is free. By default it never is. */
  isGuarded?: (before: Values, after: Values) => boolean
  /** A field that is approved with it as it is, and supersedes the request when it changes. */
  together?: string
}
type Values = Readonly<Record<string, unknown>>

const RAISING = { by: 'raising', empty: 'least' } as const
/** An empty one counts as that of the config, which changes by itself. */
const RAISING_OWN = { by: 'raising', empty: 'unknown' } as const
const LOWERING = { by: 'lowering' } as const
const ON = { by: 'switching-on' } as const
const OFF = { by: 'switching-off' } as const
const ANY = { by: 'changing' } as const
const ANY_OR_FIRST = { by: 'changing', fromEmpty: true } as const

/** Roles by what they may do, the least first. */
const ROLES = ['member', 'support', 'finance', 'admin'] as const

const hasScopes = ({ scopes }: Values): boolean => Array.isArray(scopes) && scopes.length > 0

/** Networks of files are not read from a server. */
const isRead = (before: Values, after: Values): boolean =>
  (before.adapter ?? after.adapter) !== 'csv'
const isReadAndOn = (before: Values, after: Values): boolean =>
  before.isOn === true && isRead(before, after)

/**
 * The fields with which one admin alone could make money, by collection or global. Loosening one
 * needs a second admin, or a cool-down where there is only one. Tightening takes effect at once.
 */
export const SENSITIVE: Readonly<Record<string, readonly SensitiveField[]>> = {
  'affiliation-config': [
    { field: 'enabled', label: 'Programme is on', loosens: ON },
    { field: 'rateBps', label: 'Commission', loosens: RAISING },
    { field: 'holdDays', label: 'Hold (days)', loosens: LOWERING },
    {
      field: 'duration',
      label: 'Pays for',
      loosens: { by: 'rank', order: ['first', 'months', 'always'] },
    },
    { field: 'durationMonths', label: 'Months from registration', loosens: RAISING },
    {
      field: 'currencies',
      label: 'Currencies',
      loosens: {
        by: 'rows',
        columns: {
          minPaymentMinor: LOWERING,
          maxCommissionMinor: { by: 'raising', empty: 'most' },
        },
      },
    },
    { field: 'cookieDays', label: 'Invite link counts for (days)', loosens: RAISING },
    { field: 'confirmedOnly', label: 'Only confirmed people earn', loosens: OFF },
  ],
  'cashback-config': [
    { field: 'rateBasis', label: 'Cashback is a share of', loosens: ANY },
    { field: 'rateBps', label: 'Rate', loosens: RAISING },
    {
      field: 'autoApprove',
      label: 'Automatic approval',
      loosens: { by: 'rank', order: ['off', 'when-network-allows', 'by-age-with-cap'] },
    },
    { field: 'autoApproveDays', label: 'Automatic approval after (days)', loosens: LOWERING },
    { field: 'ageCapMinor', label: 'Cap for approval by age', loosens: RAISING },
    // A currency without a row has a far higher limit, so that removing a row loosens as well.
    { field: 'largestAmounts', label: 'Largest plausible amounts', loosens: ANY },
  ],
  'finance-config': [
    {
      field: 'secondPerson',
      label: 'A second person confirms',
      loosens: {
        by: 'rows',
        columns: {
          aboveMinor: RAISING,
          // As `needsSecondPerson` reads an empty one.
          actorAboveMinor: { by: 'raising', empty: { sameAs: 'aboveMinor' } },
        },
      },
    },
    {
      field: 'credits',
      label: 'Credits from files wait',
      loosens: {
        by: 'rows',
        columns: { perImportMinor: RAISING, perMemberMinor: RAISING, perActorMinor: RAISING },
      },
    },
    { field: 'coolDownDays', label: 'Cool-down (days)', loosens: LOWERING },
  ],
  'payout-config': [
    {
      field: 'rules',
      label: 'Rules of payouts',
      loosens: {
        by: 'rows',
        key: ['currency', 'kind'],
        columns: {
          isOn: ON,
          driver: ANY,
          bankProfile: ANY_OR_FIRST,
          minMinor: LOWERING,
          maxMinor: RAISING,
          memberDayMinor: RAISING,
          actorDayMinor: RAISING,
          fourEyesAboveMinor: RAISING,
          autoApproveBelowMinor: RAISING,
          autoApproveAfterDays: LOWERING,
          autoApproveAfterSettled: LOWERING,
          coolOffHours: LOWERING,
          feeFixedMinor: ANY_OR_FIRST,
          feePercentBps: ANY_OR_FIRST,
          feeBearer: ANY_OR_FIRST,
        },
      },
    },
    { field: 'deductions', label: 'Deductions', loosens: ANY_OR_FIRST },
    // A profile names the account that pays.
    { field: 'bankProfiles', label: 'Profiles of bank files', loosens: ANY_OR_FIRST },
  ],
  // As the cashback config, which they replace for one merchant.
  merchants: [
    { field: 'rateBasis', label: 'Cashback is a share of', loosens: ANY_OR_FIRST },
    { field: 'rateBps', label: 'Rate', loosens: RAISING_OWN },
    // Without the row of a category the rate of the merchant counts, which may be higher.
    { field: 'categories', label: 'Categories with a rate of their own', loosens: ANY_OR_FIRST },
    { field: 'ageCapMinor', label: 'Cap for approval by age', loosens: RAISING_OWN },
  ],
  networks: [
    { field: 'isOn', label: 'On', loosens: ON, isGuarded: isRead, together: 'settings' },
    { field: 'settings', label: 'Settings', loosens: ANY_OR_FIRST, isGuarded: isReadAndOn },
    {
      field: 'credentials',
      label: 'Credentials',
      loosens: ANY_OR_FIRST,
      isSecret: true,
      isGuarded: isReadAndOn,
    },
    { field: 'confirmedIsFinal', label: 'Its confirmations are final', loosens: ON },
    { field: 'isTrusted', label: 'Its postbacks move money', loosens: ON },
    { field: 'trustedCapMinor', label: 'At most for each transaction', loosens: RAISING },
    { field: 'trustedDayCapMinor', label: 'At most in a day', loosens: RAISING },
    // A credit that the network does not list is reversed after these hours.
    { field: 'overlapHours', label: 'Hours read again', loosens: RAISING },
    { field: 'paysAboveSale', label: 'Pays more than the order value', loosens: ON },
    { field: 'currency', label: 'Currency of the cap', loosens: ANY },
  ],
  'service-accounts': [
    { field: 'scopes', label: 'Scopes', loosens: { by: 'adding' } },
    // Whoever knows the key of a machine acts with its scopes.
    {
      field: 'apiKey',
      label: 'API key',
      loosens: { by: 'entering' },
      isSecret: true,
      isGuarded: hasScopes,
    },
    { field: 'enableAPIKey', label: 'API key is on', loosens: ON, isGuarded: hasScopes },
  ],
  users: [
    { field: 'role', label: 'Role', loosens: { by: 'rank', order: ROLES } },
    { field: 'email', label: 'E-mail address', loosens: ANY, isOfOtherStaff: true },
    { field: 'password', label: 'Password', loosens: ANY, isOfOtherStaff: true, isSecret: true },
  ],
}

/** Fields that a new document has at their tightest until they are approved. */
export const TIGHTEST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  merchants: { rateBasis: null, rateBps: null, categories: [], ageCapMinor: null },
  networks: {
    isOn: false,
    confirmedIsFinal: false,
    isTrusted: false,
    trustedCapMinor: null,
    trustedDayCapMinor: 1_000_000,
    overlapHours: 48,
    paysAboveSale: false,
  },
  'service-accounts': { scopes: [] },
  users: { role: 'member' },
}

/** Returns the label of a sensitive field. */
export const labelOfField = (subject: string, field: string): string =>
  SENSITIVE[subject]?.find((known) => known.field === field)?.label ?? field
