import { setTimeout as wait } from 'node:timers/promises'

type Told = { kind: 'Mail' | 'SMS'; to: string; text: string }

/** What the demo's processes are told of the simulated providers; the keys are as real ones look. */
export const providersAt = async (url: string): Promise<Record<string, string>> => {
  const response = await fetch(`${url}/control/webhooks`)
  const { sendgrid } = (await response.json()) as { sendgrid: { publicKey: string } }
  return {
    SENDGRID_API_KEY: 'SG.demo',
    FROM_EMAIL: 'rewards@example.in',
    SENDGRID_BASE_URL: `${url}/sendgrid`,
    SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.publicKey,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'demo',
    TWILIO_FROM: '+15005550006',
    TWILIO_BASE_URL: `${url}/twilio`,
    ADMITAD_CLIENT_ID: 'demo',
    ADMITAD_CLIENT_SECRET: 'demo',
    ADMITAD_BASE_URL: `${url}/admitad`,
    VCOMMISSION_API_KEY: 'demo',
    VCOMMISSION_BASE_URL: `${url}/vcommission`,
    CUELINKS_API_KEY: 'demo',
    CUELINKS_PUBLISHER_ID: '42',
    CUELINKS_BASE_URL: `${url}/cuelinks`,
  }
}

/** Lets the simulated providers report to the web process what became of each message. */
export const reportTo = async (url: string, baseUrl: string): Promise<void> => {
  await post(`${url}/control/webhooks`, { sendgrid: { url: `${baseUrl}/webhooks/sendgrid` } })
  await post(`${url}/control/auto-deliver`, { enabled: true, delayMs: 1_000 })
}

/** Brings an order to a simulated network, or tells more of one that it has. */
export const tellNetwork = async (url: string, order: object): Promise<void> => {
  const response = await post(`${url}/control/orders`, { orders: [order] })
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`)
}

const post = (url: string, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

/** The mail and the SMS that reached these addresses since; waits a while for both. */
export const untilTold = async (
  url: string,
  { email, phone, since }: { email: string; phone: string; since: Date },
): Promise<Told[]> => {
  const giveUp = Date.now() + 10_000
  for (;;) {
    const told = [
      ...(await newest(url, 'sendgrid', email, since)),
      ...(await newest(url, 'twilio', phone, since)),
    ]
    if (told.length >= 2 || Date.now() > giveUp) return told
    await wait(100)
  }
}

const newest = async (url: string, provider: string, to: string, since: Date): Promise<Told[]> => {
  const query = new URLSearchParams({ provider, to })
  const response = await fetch(`${url}/control/messages?${query.toString()}`)
  const { messages } = (await response.json()) as {
    messages: { at: string; subject?: string; text: string | null }[]
  }
  return messages
    .filter(({ at }) => new Date(at) >= since)
    .slice(-1)
    .map(({ subject, text }) => ({
      kind: provider === 'sendgrid' ? 'Mail' : 'SMS',
      to,
      text: subject ?? text ?? '',
    }))
}
