import { setTimeout as wait } from 'node:timers/promises'

type Message = { kind: 'Mail' | 'SMS'; to: string; text: string }

const BANK_SECRET = 'demo'

/**
 * The settings of the simulated providers for the demo's processes; the keys look like real ones.
 */
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
    ...bankAt(url),
  }
}

/** The settings of the simulated bank. */
export const bankAt = (url: string): Record<string, string> => ({
  SIMULATED_BANK_API_KEY: 'demo',
  SIMULATED_BANK_WEBHOOK_SECRET: BANK_SECRET,
  SIMULATED_BANK_BASE_URL: `${url}/simulated-bank`,
})

/**
 * Makes the simulated providers report the delivery of each message to the web process, and the bank
 * pay what it takes and report that.
 */
export const reportTo = async (url: string, baseUrl: string): Promise<void> => {
  await post(`${url}/control/webhooks`, { sendgrid: { url: `${baseUrl}/webhooks/sendgrid` } })
  await post(`${url}/control/auto-deliver`, { enabled: true, delayMs: 1_000 })
  const simulated = { url: `${baseUrl}/webhooks/simulated-bank`, secret: BANK_SECRET }
  await post(`${url}/control/payouts/webhooks`, { simulated })
  await post(`${url}/control/payouts/auto-settle`, { enabled: true, delayMs: 1_000 })
}

/** Adds an order to a simulated network, or continues its timeline. */
export const reportOrder = async (url: string, order: object): Promise<void> => {
  const response = await post(`${url}/control/orders`, { orders: [order] })
  if (!response.ok) throw new Error(`The simulator returned status ${response.status}.`)
}

const post = (url: string, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

/** The mail and the SMS that reached these addresses since then; waits 10 seconds for both. */
export const waitForMessages = async (
  url: string,
  { email, phone, since }: { email: string; phone: string; since: Date },
): Promise<Message[]> => {
  const deadline = Date.now() + 10_000
  for (;;) {
    const messages = [
      ...(await findNewest(url, 'sendgrid', email, since)),
      ...(await findNewest(url, 'twilio', phone, since)),
    ]
    if (messages.length >= 2 || Date.now() > deadline) return messages
    await wait(100)
  }
}

/** The token of the link that a mail to this address carries; waits 20 seconds for it. */
export const waitForToken = async (url: string, email: string): Promise<string> => {
  const deadline = Date.now() + 20_000
  const query = new URLSearchParams({ provider: 'sendgrid', to: email })
  for (;;) {
    const response = await fetch(`${url}/control/messages?${query.toString()}`)
    const token = /[?&]token=([\w-]+)/.exec(await response.text())?.[1]
    if (token) return token
    if (Date.now() > deadline) throw new Error(`No link reached ${email}.`)
    await wait(100)
  }
}

/** The code of six digits in an SMS to this phone since then; waits 20 seconds for it. */
export const waitForCode = async (url: string, phone: string, since: Date): Promise<string> => {
  const deadline = Date.now() + 20_000
  for (;;) {
    const [message] = await findNewest(url, 'twilio', phone, since)
    const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0]
    if (code) return code
    if (Date.now() > deadline) throw new Error(`No code reached ${phone}.`)
    await wait(100)
  }
}

/** A payment as the simulated bank has it; the amount is minor units. */
export type BankEntry = { state: string; amountMinor: number; bankReference: string | null }

/** The newest payment that the simulated bank took since then; null without one. */
export const findBankEntry = async (url: string, since: Date): Promise<BankEntry | null> => {
  const response = await fetch(`${url}/control/payouts?provider=simulated`)
  const { payouts } = (await response.json()) as { payouts: (BankEntry & { at: string })[] }
  return payouts.filter(({ at }) => new Date(at) >= since).at(-1) ?? null
}

const findNewest = async (
  url: string,
  provider: string,
  to: string,
  since: Date,
): Promise<Message[]> => {
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
