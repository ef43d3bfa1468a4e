import { createMerchantAtNetwork, createNetwork } from './cashbackFactories.ts'
import { createUser, signIn } from './factories.ts'
import { insertClick } from './insertRows.ts'
import type { Product } from './startProduct.ts'

const MAPPING = {
  columns: {
    externalId: 'Id',
    orderId: 'Order',
    clickId: 'Click',
    status: 'State',
    commission: 'Commission',
    currency: 'Currency',
    eventAt: 'Date',
  },
  statuses: { open: 'pending', confirmed: 'approved', cancelled: 'declined' },
}

/** The answer of an import, as far as tests read it. */
export type ImportAnswer = {
  fileImport: string
  status: string
  quarantined: number
  changed: number
  reasons: { code: string; currency: string; member: string | null; amountMinor: number }[]
  credits: { currency: string; amountMinor: number; orders: number }[]
}

/**
 * A network that is read from files, with merchants at 70 % of the commission, and people who
 * import files and decide.
 */
export const useFileNetwork = (product: () => Product) => ({
  /** Creates a network that is read from files. Returns its id. */
  createFileNetwork: async (over: object = {}): Promise<string> => {
    const { payload } = product()
    const settings = { mapping: MAPPING }
    return (await createNetwork(payload, { adapter: 'csv', settings, ...over })).id
  },

  /** Creates a person of finance. Returns the id and the `Authorization` header. */
  createFinance: async () => {
    const { payload } = product()
    const user = await createUser(payload, { role: 'finance' })
    return { id: user.id, as: await signIn(payload, user) }
  },

  /** Makes a click of a member at the network, before the orders of these files. Returns its click id. */
  createClick: async (network: string, member: string): Promise<string> => {
    const { ids } = await createMerchantAtNetwork(product().payload)
    const { clickId } = await insertClick(product(), { ...ids, network, member })
    return clickId
  },

  /** Imports lines `Id,Order,Click,State,Commission,Currency,Date`. */
  importLines: async (network: string, as: string, lines: string[]): Promise<ImportAnswer> => {
    const header = 'Id,Order,Click,State,Commission,Currency,Date'
    const { body, status } = await product().rest<ImportAnswer>(
      'POST',
      `/api/networks/${network}/import`,
      {
        authorization: as,
        body: [header, ...lines].join('\n'),
        headers: { 'Content-Type': 'text/csv' },
      },
    )
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`)
    return body
  },

  decide: (fileImport: string, verb: 'approve' | 'reject', as: string | undefined) =>
    product().rest<{ status?: string; errors?: { code: string }[] }>(
      'POST',
      `/api/file-imports/${fileImport}/${verb}`,
      { authorization: as, body: { reason: 'compared with the portal' } },
    ),
})

/** A line of a file, of an order on 5 January 2026. */
export const fileLine = (
  id: string,
  click: string,
  {
    commission,
    currency = 'INR',
    state = 'confirmed',
  }: {
    commission: number
    currency?: string
    state?: 'cancelled' | 'confirmed' | 'open'
  },
): string => `${id},${id},${click},${state},${commission},${currency},2026-01-05`
