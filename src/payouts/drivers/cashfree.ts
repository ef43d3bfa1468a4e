import { constants, publicEncrypt } from 'node:crypto'

import { z } from 'zod'

import { toDecimal, toMinor } from '../../domain/money.ts'
import { NOT_CREDITED, REMEDIES, STATUSES } from './cashfree/tables.ts'
import { cleanCode, cleanText } from './cleanText.ts'
import { type Answer, type Connection, exchange, type Exchanged } from './exchange.ts'
import { chooseMode, refuseIndian, writeName } from './indianBanks.ts'
import { type Refusal, refusedResult, sendOrder, toReport, unknownReport } from './sendOrder.ts'
import { toLookUpReport } from './toLookUpReport.ts'
import type { PayoutAccount, PayoutDriver, PayoutOrder, PayoutReport } from './types.ts'

export type CashfreeSettings = Connection & {
  /** The pair of Payouts, which differs from the payment gateway's. */
  clientId: string
  clientSecret: string
  /** In PEM: signs each request where no fixed address is on Cashfree's list. */
  publicKey?: string | undefined
  fundsourceId?: string | undefined
  /** The first four characters of the IFSC of banks that refuse IMPS. */
  banksWithoutImps?: readonly string[] | undefined
}

const API_VERSION = '2024-01-01'

/**
 * Pays to Indian accounts and VPAs through Cashfree Payouts, version 2. Our key is the transfer id:
 * a repeat is refused with 409, and the transfer is looked up then. Source:
 * cashfree.com/docs/api-reference/payouts/v2.
 *
 * SUCCESS with the code SENT_TO_BENEFICIARY is `pending`: the credit is not confirmed. A transfer
 * that succeeded can still be reversed.
 */
export const openCashfree = (settings: CashfreeSettings): PayoutDriver => {
  const request = (call: Call) => callApi(settings, call)
  const lookUp: PayoutDriver['lookUp'] = async ({ key }, { signal }) => {
    const path = `/transfers?${new URLSearchParams({ transfer_id: key })}`
    const exchanged = await request({ method: 'GET', path, signal })
    return toLookUpReport({ exchanged, read: (body) => readOwn(body, key), readMissing })
  }

  return {
    name: 'cashfree',
    idempotency: { place: 'body', lifetimeDays: null, repeat: 'conflict', isRepeatSafe: true },
    // No limit is documented for single transfers.
    maxPerSecond: 5,
    refuse: refuseIndian,
    send: (order, { signal }) => {
      const refusal = refuseIndian({ ...order, kind: order.account.kind })
      const body = refusal ? null : writeOrder(order, settings)
      if (body === null) return Promise.resolve(refusedResult(refusal))
      return sendOrder({
        order,
        request: () => request({ method: 'POST', path: '/transfers', body, signal }),
        readReport: (answer) => readOwn(answer, order.key),
        readRefusal,
        lookUp: () => lookUp({ key: order.key, providerId: null, sentAt: new Date() }, { signal }),
      })
    },
    lookUp,
  }
}

type Call = { method: 'GET' | 'POST'; path: string; body?: string; signal: AbortSignal }

const callApi = (settings: CashfreeSettings, call: Call): Promise<Exchanged> => {
  const { clientId, clientSecret, publicKey } = settings
  return exchange({
    ...call,
    connection: settings,
    headers: {
      'x-client-id': clientId,
      'x-client-secret': clientSecret,
      'x-api-version': API_VERSION,
      ...(publicKey ? { 'x-cf-signature': signClient(clientId, publicKey) } : {}),
    },
  })
}

/** RSA-OAEP of the client id and the time; valid for ten minutes. */
const signClient = (clientId: string, key: string): string =>
  publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(`${clientId}.${Math.floor(Date.now() / 1000)}`),
  ).toString('base64')

/** The amount is a JSON number in rupees, and is written by its digits. */
const writeOrder = (order: PayoutOrder, settings: CashfreeSettings): string | null => {
  const { account, amountMinor, key, narration, recipient } = order
  if (account.kind !== 'upi' && account.kind !== 'bank-in') return null
  const { banksWithoutImps, fundsourceId } = settings
  const fields = JSON.stringify({
    transfer_id: key,
    transfer_currency: 'INR',
    transfer_mode: chooseMode({ account, amountMinor, banksWithoutImps }).toLowerCase(),
    beneficiary_details: {
      beneficiary_name: writeName(account.holderName, { others: '', min: 1, max: 100 }),
      beneficiary_instrument_details: writeAccount(account),
      beneficiary_contact_details: {
        beneficiary_email: recipient.email,
        ...(recipient.phone === null ? {} : { beneficiary_phone: recipient.phone }),
      },
    },
    transfer_remarks: narration,
    ...(fundsourceId ? { fundsource_id: fundsourceId } : {}),
  })
  return `{"transfer_amount":${toDecimal(amountMinor, 'INR')},${fields.slice(1)}`
}

const writeAccount = (account: Extract<PayoutAccount, { kind: 'bank-in' | 'upi' }>): object =>
  account.kind === 'upi'
    ? { vpa: account.vpa }
    : { bank_account_number: account.accountNumber, bank_ifsc: account.ifsc }

/** The shape of a transfer, in an answer or a webhook. */
export const CashfreeTransfer = z.object({
  transfer_id: z.string().min(1),
  cf_transfer_id: z.union([z.string(), z.number()]).transform(String).nullish(),
  status: z.string(),
  status_code: z.string().nullish(),
  status_description: z.string().nullish(),
  transfer_utr: z.string().nullish(),
  transfer_service_charge: z.union([z.string(), z.number()]).nullish(),
  transfer_service_tax: z.union([z.string(), z.number()]).nullish(),
})

/** Reads a transfer that must have our key. */
const readOwn = (body: unknown, key: string): PayoutReport | null => {
  const { data: transfer } = CashfreeTransfer.safeParse(body)
  if (!transfer) return null
  return transfer.transfer_id === key
    ? readTransfer(transfer)
    : unknownReport({ code: 'other-payout', detail: 'the transfer has another id' })
}

/** Reads a transfer, from an answer or a webhook. */
export const readTransfer = (transfer: z.output<typeof CashfreeTransfer>): PayoutReport => {
  const code = cleanCode(transfer.status_code)
  const known = STATUSES[transfer.status] ?? 'unknown'
  const status = known === 'settled' && NOT_CREDITED.has(code ?? '') ? 'pending' : known
  const isOver = status === 'failed' || status === 'returned'
  const description = transfer.status_description
  return {
    status,
    providerId: transfer.cf_transfer_id ?? null,
    bankReference: transfer.transfer_utr || null,
    code: status === 'settled' ? null : (code ?? cleanCode(transfer.status)),
    detail: status === 'settled' || !description ? null : cleanText(description),
    // A person has to look at a code that is not listed.
    remedy: isOver ? (REMEDIES[code ?? ''] ?? 'operator') : null,
    feeMinor: readFee(transfer),
  }
}

const readFee = (transfer: z.output<typeof CashfreeTransfer>): number | null => {
  const { transfer_service_charge: charge, transfer_service_tax: tax } = transfer
  if (charge == null) return null
  try {
    return toMinor(String(charge), 'INR') + toMinor(String(tax ?? 0), 'INR')
  } catch {
    return null
  }
}

const Refused = z.object({ code: z.string().nullish(), message: z.string().nullish() })

const readRefusal = ({ body }: Answer): Refusal => {
  const { data } = Refused.safeParse(body)
  const code = cleanCode(data?.code)
  return {
    code,
    detail: data?.message ? cleanText(data.message) : null,
    remedy: ACCOUNT_CODE.test(code ?? '') ? 'fix' : (REMEDIES[code ?? ''] ?? 'operator'),
  }
}

/** Codes of a refused order that name the member's account, such as `bank_ifsc_invalid`. */
const ACCOUNT_CODE = /(^|_)(vpa|ifsc|bank_account(_number)?)_/

/** A 404 counts only if it speaks of the transfer: a proxy has 404s too. */
const readMissing = ({ body, status }: Answer): PayoutReport | null => {
  const { data } = Refused.safeParse(body)
  const isOfTransfer = /transfer/i.test(`${data?.code ?? ''} ${data?.message ?? ''}`)
  return status === 404 && isOfTransfer ? toReport({ status: 'not-found' }) : null
}
