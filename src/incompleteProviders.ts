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

const PROVIDERS: Provider[] = [
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
  {
    name: 'Admitad',
    needs: [['ADMITAD_CLIENT_ID'], ['ADMITAD_CLIENT_SECRET']],
    alsoOwns: ['ADMITAD_REFRESH_TOKEN', 'ADMITAD_BASE_URL'],
  },
  { name: 'Awin', needs: [['AWIN_TOKEN'], ['AWIN_PUBLISHER_ID']], alsoOwns: ['AWIN_BASE_URL'] },
  {
    name: 'vCommission',
    needs: [['VCOMMISSION_API_KEY']],
    alsoOwns: ['VCOMMISSION_BASE_URL', 'VCOMMISSION_PATH'],
  },
  {
    name: 'CueLinks',
    needs: [['CUELINKS_API_KEY'], ['CUELINKS_PUBLISHER_ID']],
    alsoOwns: ['CUELINKS_BASE_URL', 'CUELINKS_PATH', 'CUELINKS_AUTH_SCHEME'],
  },
]

/**
 * Names what a provider of messages or a network still needs. One is either fully configured or
 * absent: with half a set its messages would stay in the inbox, its sales unread, and nobody would
 * notice.
 */
export const incompleteProviders = (source: Source): string[] =>
  PROVIDERS.flatMap((provider) => {
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
