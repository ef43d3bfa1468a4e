import { ADAPTERS } from './networks/index.ts'
import { networkSettings } from './networkSettings.ts'

type Source = Record<string, string | undefined>

type Provider = {
  name: string
  /** A name in SMS_PROVIDERS, where it can be asked for there. */
  sms?: string
  /** Each of these, or one of each group. */
  needs: string[][]
  /** Of no use without the rest. */
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

/** A network owns the settings that begin with its name. */
const NETWORKS: Provider[] = Object.entries(ADAPTERS).map(([name, { label, needs }]) => ({
  name: label,
  needs: needs.map((key) => [key]),
  alsoOwns: Object.keys(networkSettings).filter((key) => key.startsWith(`${name.toUpperCase()}_`)),
}))

/**
 * Names what a provider of messages or a network still needs. One is either fully configured or
 * absent: with half a set its messages would stay in the inbox, its sales unread, and nobody would
 * notice.
 */
export const incompleteProviders = (source: Source): string[] =>
  [...MESSENGERS, ...NETWORKS].flatMap((provider) => {
    const cause = causeOf(provider, source)
    if (!cause) return []
    return provider.needs
      .filter((oneOf) => !oneOf.some((key) => source[key]))
      .map((oneOf) => `${oneOf.join(' or ')}: needed, as ${cause}`)
  })

const causeOf = ({ alsoOwns, name, needs, sms }: Provider, source: Source): string | null => {
  if ([...needs.flat(), ...alsoOwns].some((key) => source[key]))
    return `${name} is partly configured`
  const asked = source.SMS_PROVIDERS?.split(',').map((part) => part.trim())
  return sms && asked?.includes(sms) ? `SMS_PROVIDERS names ${name}` : null
}
