import { ADAPTERS } from '../cashback/networks/index.ts'
import { networkSettings } from '../cashback/networks/settings.ts'

type Source = Record<string, string | undefined>

type Provider = {
  name: string
  /** Its name in SMS_PROVIDERS, if it can be listed there. */
  sms?: string
  /** One setting of each group is needed. */
  needs: string[][]
  /** Settings that are of no use without the needed ones. */
  alsoOwns: string[]
}

const MESSENGERS: Provider[] = [
  {
    name: 'SendGrid',
    needs: [['SENDGRID_API_KEY'], ['FROM_EMAIL']],
    alsoOwns: ['SENDGRID_BASE_URL', 'SENDGRID_WEBHOOK_PUBLIC_KEY'],
  },
  {
    name: 'MSG91',
    sms: 'msg91',
    needs: [['MSG91_AUTH_KEY'], ['MSG91_TEMPLATES', 'MSG91_TEMPLATE_ID']],
    alsoOwns: ['MSG91_BASE_URL', 'MSG91_SENDER_ID', 'MSG91_WEBHOOK_SECRET'],
  },
  {
    name: 'Twilio',
    sms: 'twilio',
    needs: [
      ['TWILIO_ACCOUNT_SID'],
      ['TWILIO_AUTH_TOKEN'],
      ['TWILIO_FROM', 'TWILIO_MESSAGING_SERVICE_SID'],
    ],
    alsoOwns: ['TWILIO_BASE_URL'],
  },
]

const PAYOUTS: Provider[] = [
  {
    name: 'RazorpayX',
    needs: [['RAZORPAYX_KEY_ID'], ['RAZORPAYX_KEY_SECRET'], ['RAZORPAYX_ACCOUNT_NUMBER']],
    alsoOwns: ['RAZORPAYX_BASE_URL', 'RAZORPAYX_WEBHOOK_SECRETS'],
  },
  {
    name: 'Cashfree',
    needs: [['CASHFREE_CLIENT_ID'], ['CASHFREE_CLIENT_SECRET']],
    alsoOwns: ['CASHFREE_BASE_URL', 'CASHFREE_PUBLIC_KEY', 'CASHFREE_WEBHOOK_SECRETS'],
  },
  {
    name: 'PayPal',
    needs: [['PAYPAL_CLIENT_ID'], ['PAYPAL_CLIENT_SECRET']],
    alsoOwns: ['PAYPAL_BASE_URL', 'PAYPAL_WEBHOOK_ID'],
  },
  {
    name: 'Tremendous',
    needs: [['TREMENDOUS_API_KEY'], ['TREMENDOUS_FUNDING_SOURCE']],
    alsoOwns: ['TREMENDOUS_BASE_URL'],
  },
  {
    name: 'The simulated bank',
    needs: [['SIMULATED_BANK_API_KEY'], ['SIMULATED_BANK_BASE_URL']],
    alsoOwns: ['SIMULATED_BANK_WEBHOOK_SECRET'],
  },
]

/** A network owns the settings that begin with its name. */
const NETWORKS: Provider[] = Object.entries(ADAPTERS).map(([name, { label, needs }]) => ({
  name: label,
  needs: needs.map((key) => [key]),
  alsoOwns: Object.keys(networkSettings).filter((key) => key.startsWith(`${name.toUpperCase()}_`)),
}))

/**
 * Names the settings that a messaging provider or a network still needs. It is either fully
 * configured or absent: with half of its settings its messages would stay unsent and its
 * transactions unread, without an error.
 */
export const incompleteProviders = (source: Source): string[] =>
  [...MESSENGERS, ...NETWORKS, ...PAYOUTS].flatMap((provider) => {
    const cause = explainNeed(provider, source)
    if (!cause) return []
    return provider.needs
      .filter((oneOf) => !oneOf.some((key) => source[key]))
      .map((oneOf) => `${oneOf.join(' or ')}: needed, as ${cause}`)
  })

const explainNeed = ({ alsoOwns, name, needs, sms }: Provider, source: Source): string | null => {
  if ([...needs.flat(), ...alsoOwns].some((key) => source[key]))
    return `${name} is partly configured`
  const listed = source.SMS_PROVIDERS?.split(',').map((part) => part.trim())
  return sms && listed?.includes(sms) ? `SMS_PROVIDERS names ${name}` : null
}
