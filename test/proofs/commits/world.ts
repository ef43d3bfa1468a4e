import type { Payload } from 'payload'

import { networksOptions } from '../../../src/cashback/ingestion/sync/networksOptions.ts'
import { postbackAddress } from '../../../src/cashback/ingestion/postbacks/postbackAddress.ts'
import { createMerchantAtNetwork, createNetwork } from '../../support/cashbackFactories.ts'
import { createMachine, createReferral, createUser, signIn } from '../../support/factories.ts'
import { insertClick } from '../../support/insertRows.ts'
import { daysAgo } from '../../support/instants.ts'

export type Database = { sql: <Row>(text: string) => Promise<Row[]> }

/** What the requests of the proof need: senders, and rows that they refer to. */
export type World = Database & {
  payload: Payload
  baseUrl: string
  /** `Authorization` headers. */
  machine: string
  finance: string
  admin: string
  member: string
  /** A member who was referred. */
  buyer: string
  affiliate: string
  /** The id of the member of `member`. */
  shopper: string
  /** A network of files, one with an API, and the merchant there. */
  fileNetwork: string
  apiNetwork: string
  merchant: string
  clickId: string
  postbacks: string
}

/** Creates the senders and rows, by a line to the database that no fault touches. */
export const createWorld = async (
  { payload, sql }: Database & { payload: Payload },
  baseUrl: string,
): Promise<World> => {
  const machine = await createMachine(payload, ['payments:write', 'refunds:write'])
  const { affiliate, buyer } = await createReferral(payload)
  const staff = async (role: 'admin' | 'finance') =>
    signIn(payload, await createUser(payload, { role }))
  const [finance, admin] = [await staff('finance'), await staff('admin')]
  const shopper = await createUser(payload)
  const { ids } = await createMerchantAtNetwork(payload)
  const file = await createNetwork(payload, { adapter: 'csv', settings: { mapping: MAPPING } })
  const click = { merchant: ids.merchant, network: file.id, member: shopper.id, at: daysAgo(20) }
  const { clickId } = await insertClick({ sql }, click)
  const { encryptionKey } = networksOptions(payload)
  const network = { id: ids.network, postbackVersion: 1 }
  return {
    payload,
    sql,
    baseUrl,
    machine,
    finance,
    admin,
    member: await signIn(payload, shopper),
    buyer: buyer.id,
    affiliate: affiliate.id,
    shopper: shopper.id,
    fileNetwork: file.id,
    apiNetwork: ids.network,
    merchant: ids.merchant,
    clickId,
    postbacks: postbackAddress({ encryptionKey, network, publicUrl: baseUrl }),
  }
}

const MAPPING = {
  columns: {
    externalId: 'Id',
    orderId: 'Order',
    clickId: 'Click',
    status: 'State',
    commission: 'Commission',
    eventAt: 'Date',
  },
  statuses: { confirmed: 'approved' },
  currency: 'INR',
}
