import { randomUUID } from 'node:crypto'

import type { Network } from '../../src/payload-types.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Change = { field: string; before: unknown; after: unknown }
type Doc = Network & { pendingChange?: { id: string; changes: Change[] } | null }

const THEIRS = { baseUrl: 'https://network.example' }
const MINE = { baseUrl: 'https://mine.example' }
const KEY = { VCOMMISSION_API_KEY: 'the-key-of-the-thief' }
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
  statuses: { open: 'pending' },
}

let product: Product
let first: string
let second: string
beforeAll(async () => {
  product = await startProduct()
  const enter = async () =>
    signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
  first = await enter()
  second = await enter()
})
afterAll(() => product.close())

const send = async (method: string, path: string, body: object): Promise<Doc> => {
  const answer = await product.rest<{ doc: Doc }>(method, path, { authorization: first, body })
  expect([answer.status < 300, answer.body]).toMatchObject([true, {}])
  return answer.body.doc
}
const create = (body: object) =>
  send('POST', '/api/networks', { name: randomUUID(), adapter: 'vcommission', ...body })
const save = (id: string, body: object) => send('PATCH', `/api/networks/${id}`, body)
const approve = async ({ pendingChange }: Doc): Promise<number> => {
  const path = `/api/change-requests/${pendingChange?.id ?? ''}/approve`
  return (await product.rest('POST', path, { authorization: second, body: {} })).status
}
const read = async (id: string) => {
  const [row] = await product.sql<{ isOn: boolean; url: string; credentials: string }>(
    `select is_on as "isOn", settings ->> 'baseUrl' as url, credentials::text
    from networks where id = '${id}'`,
  )
  return row
}
const createOn = async () => {
  const doc = await create({ settings: THEIRS, credentials: KEY })
  expect(await approve(doc)).toBe(200)
  return doc.id
}
const waitsOf = ({ pendingChange }: Doc) => (pendingChange?.changes ?? []).map(({ field }) => field)

describe('a new network', () => {
  it('is off until a second admin approves it with its settings', async () => {
    const doc = await create({ settings: THEIRS, credentials: KEY })
    expect(doc.isOn).toBe(false)
    expect(doc.pendingChange?.changes).toEqual([
      { field: 'isOn', before: false, after: true },
      { field: 'settings', before: THEIRS, after: THEIRS },
    ])
    expect(await approve(doc)).toBe(200)
    expect(await read(doc.id)).toMatchObject({ isOn: true, url: THEIRS.baseUrl })
  })

  it('is not switched on with other settings than those that were approved', async () => {
    const doc = await create({ settings: THEIRS, credentials: KEY })
    await save(doc.id, { settings: MINE, credentials: KEY })
    expect(await approve(doc)).toBe(409)
    expect(await read(doc.id)).toMatchObject({ isOn: false, url: MINE.baseUrl })
  })

  it('of files is on at once', async () => {
    const doc = await create({ adapter: 'csv', settings: { mapping: MAPPING } })
    expect([doc.isOn, waitsOf(doc)]).toEqual([true, []])
  })
})

it('more hours until an unlisted credit is reversed wait for a second admin, fewer do not', async () => {
  const doc = await create({ overlapHours: 720 })
  expect(doc.overlapHours).toBe(48)
  expect(waitsOf(doc)).toContain('overlapHours')
  const more = await save(doc.id, { overlapHours: 100 })
  expect([more.overlapHours, waitsOf(more)]).toEqual([48, ['overlapHours']])
  const fewer = await save(doc.id, { overlapHours: 24 })
  expect([fewer.overlapHours, waitsOf(fewer)]).toEqual([24, []])
})

describe('a network that is on', () => {
  it('keeps its settings and credentials until a second admin approves the new ones', async () => {
    const id = await createOn()
    const before = await read(id)
    const doc = await save(id, { settings: MINE, credentials: KEY })
    expect(waitsOf(doc)).toEqual(['settings', 'credentials'])
    expect(await read(id)).toEqual(before)
    const [kept] = await product.sql(`select jsonb_agg(to_jsonb(c)) from change_requests c`)
    expect(JSON.stringify(kept)).not.toContain(KEY.VCOMMISSION_API_KEY)

    expect(await approve(doc)).toBe(200)
    const after = await read(id)
    expect(after).toMatchObject({ isOn: true, url: MINE.baseUrl })
    expect(after?.credentials).toMatch(/^\{"encrypted"/)
    expect(after?.credentials).not.toBe(before?.credentials)
  })

  it('keeps its first settings waiting, as those of an empty field', async () => {
    const doc = await create({})
    expect(await approve(doc)).toBe(200)
    expect(waitsOf(await save(doc.id, { settings: MINE, credentials: KEY }))).toEqual([
      'settings',
      'credentials',
    ])
  })

  it('is saved unchanged, and switched off, at once; on again it waits', async () => {
    const id = await createOn()
    expect(waitsOf(await save(id, { settings: THEIRS, syncEveryHours: 12 }))).toEqual([])
    const off = await save(id, { isOn: false })
    expect([off.isOn, waitsOf(off)]).toEqual([false, []])
    const on = await save(id, { isOn: true })
    expect([on.isOn, waitsOf(on)]).toEqual([false, ['isOn', 'settings']])
  })
})
