import { readDb } from '../../../../src/database/readDb.ts'
import { loadNetwork } from '../../../../src/cashback/ingestion/networkStore.ts'
import { replayPages } from '../../../../src/cashback/ingestion/sync/replayPages.ts'
import { createUser, readBalance, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { fileLine, useFileNetwork } from '../../../../test/support/useFileNetwork.ts'

let product: Product
let importer: { id: string; as: string }
let second: { id: string; as: string }
const { createClick, createFileNetwork, createFinance, decide, importLines } = useFileNetwork(
  () => product,
)

beforeAll(async () => {
  product = await startProduct()
  second = await createFinance()
})
afterAll(() => product.close())
beforeEach(async () => {
  importer = await createFinance()
})

const createMemberWithClick = async (network: string) => {
  const member = (await createUser(product.payload)).id
  return { member, click: await createClick(network, member) }
}
const balanceOf = (member: string) => readBalance(product.payload, member)
const eventOf = async (member: string) =>
  (
    await product.sql<{ id: string; status: string; hold: string | null; credited: string }>(
      `select id::text, status::text, hold::text, credited_minor as credited
       from cashback_events where member_id = '${member}'`,
    )
  )[0]
const codesOf = ({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code)

/** Default limits of INR: 25,000.00 an import, 5,000.00 a member and 25,000.00 a person in a day. */
const LIMIT = 5_000

describe('an import above a limit credits nothing until a second person approves', () => {
  it('10,000,000.00 on the importer’s own click waits, and the importer cannot approve it', async () => {
    const network = await createFileNetwork()
    const click = await createClick(network, importer.id)
    const done = await importLines(network, importer.as, [
      fileLine('own', click, { commission: 10_000_000 }),
    ])
    expect(done.status).toBe('held')
    expect(codesOf(done)).toEqual(['own', 'import', 'actor', 'member'])
    expect(await balanceOf(importer.id)).toBe(0)

    const refused = await decide(done.fileImport, 'approve', importer.as)
    expect(refused.status).toBe(403)
    expect(refused.body.errors?.[0]?.code).toBe('approval.not-independent')
    expect(await balanceOf(importer.id)).toBe(0)

    expect((await decide(done.fileImport, 'approve', second.as)).body.status).toBe('approved')
    expect(await balanceOf(importer.id)).toBe(700_000_000)
  })

  it('the smallest gain of the importer waits', async () => {
    const network = await createFileNetwork()
    const done = await importLines(network, importer.as, [
      fileLine('tiny', await createClick(network, importer.id), { commission: 1 }),
    ])
    expect(codesOf(done)).toEqual(['own'])
    expect(await balanceOf(importer.id)).toBe(0)
  })

  it('a beneficiary of the import cannot approve it', async () => {
    const network = await createFileNetwork()
    const done = await importLines(network, importer.as, [
      fileLine('friend', await createClick(network, second.id), { commission: 90_000 }),
    ])
    expect((await decide(done.fileImport, 'approve', second.as)).status).toBe(403)
    expect(await balanceOf(second.id)).toBe(0)
  })

  it('all credits of the import wait together, also of members below the limit', async () => {
    const network = await createFileNetwork()
    const people = [await createMemberWithClick(network), await createMemberWithClick(network)]
    const done = await importLines(network, importer.as, [
      fileLine('a', people[0]?.click ?? '', { commission: 1 }),
      fileLine('b', people[1]?.click ?? '', { commission: 90_000 }),
    ])
    expect(done.credits).toEqual([{ currency: 'INR', amountMinor: 6_300_070, orders: 2 }])
    const balances = () => Promise.all(people.map(({ member }) => balanceOf(member)))
    expect(await balances()).toEqual([0, 0])
    await decide(done.fileImport, 'approve', second.as)
    expect(await balances()).toEqual([70, 6_300_000])
  })

  it('a currency without limits waits', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    const done = await importLines(network, importer.as, [
      fileLine('aud', click, { commission: 1, currency: 'AUD' }),
    ])
    expect(codesOf(done)).toEqual(['no-limit'])
    expect(await readBalance(product.payload, member, 'AUD')).toBe(0)
  })

  it('an import within the limits is credited at once', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    const lines = [fileLine('small', click, { commission: 100 })]
    expect(await importLines(network, importer.as, lines)).toMatchObject({
      status: 'applied',
      reasons: [],
    })
    expect(await balanceOf(member)).toBe(7_000)
  })
})

describe('the limits count over imports', () => {
  it('many imports for one member stop at the limit of a day', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    const statuses: string[] = []
    for (let n = 0; n < 4; n += 1) {
      const line = fileLine(`part-${n}`, click, { commission: 2_000 })
      statuses.push((await importLines(network, importer.as, [line])).status)
    }
    expect(statuses).toEqual(['applied', 'applied', 'applied', 'held'])
    expect(await balanceOf(member)).toBeLessThanOrEqual(LIMIT * 100)
  })

  it('many members stop at the limit of the importer and the day', async () => {
    const network = await createFileNetwork()
    const statuses: string[] = []
    for (let n = 0; n < 7; n += 1) {
      const { click } = await createMemberWithClick(network)
      const line = fileLine(`each-${n}`, click, { commission: 6_000 })
      statuses.push((await importLines(network, importer.as, [line])).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 5 }, () => 'applied'), 'held', 'held'])
  })

  it('an approved order that grows by a second import waits with the growth alone', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    await importLines(network, importer.as, [fileLine('grows', click, { commission: 7_000 })])
    expect(await balanceOf(member)).toBe(490_000)
    const grown = await importLines(network, importer.as, [
      fileLine('grows', click, { commission: 8_000 }),
    ])
    expect(codesOf(grown)).toEqual(['member'])
    expect(grown.credits).toEqual([{ currency: 'INR', amountMinor: 70_000, orders: 1 }])
    expect(await balanceOf(member)).toBe(490_000)
    await decide(grown.fileImport, 'approve', second.as)
    expect(await balanceOf(member)).toBe(560_000)
  })

  it('an approved order that is declined and approved again counts again', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    const states = ['confirmed', 'cancelled', 'confirmed'] as const
    const done: string[] = []
    for (const state of states) {
      const line = fileLine('again', click, { commission: 4_000, state })
      done.push((await importLines(network, importer.as, [line])).status)
    }
    expect(done).toEqual(['applied', 'applied', 'held'])
    expect(await balanceOf(member)).toBe(0)
  })

  it('a replay of a file with another mapping counts as an import', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    await importLines(network, importer.as, [
      fileLine('mapped', click, { commission: 90_000, state: 'open' }),
    ])
    await product.sql(`update networks
      set settings = jsonb_set(settings, '{mapping,statuses,open}', '"approved"')
      where id = '${network}'`)
    const row = await loadNetwork(await readDb(product), network)
    const { signal } = new AbortController()
    expect(await replayPages({ payload: product.payload, network: row, signal })).toEqual({
      status: 'completed',
    })
    expect(await balanceOf(member)).toBe(0)
    expect(await eventOf(member)).toMatchObject({ status: 'pending', hold: 'held' })
  })

  it('a replay counts for the person who requested it', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    await importLines(network, importer.as, [
      fileLine('later', click, { commission: 100, state: 'open' }),
    ])
    await product.sql(`update networks
      set settings = jsonb_set(settings, '{mapping,statuses,open}', '"approved"')
      where id = '${network}'`)
    const { body } = await product.rest<{ request: { id: string } }>(
      'POST',
      `/api/networks/${network}/sync`,
      { authorization: second.as, body: { mode: 'replay', note: 'the mapping was wrong' } },
    )
    const { signal } = new AbortController()
    const row = await loadNetwork(await readDb(product), network)
    await replayPages({ payload: product.payload, network: row, request: body.request.id, signal })
    expect(await balanceOf(member)).toBe(7_000)
    expect(
      await product.sql(`select requested_by_id::text as by from file_imports
        where network_id = '${network}' order by created_at desc limit 1`),
    ).toEqual([{ by: second.id }])
  })

  it('an adjustment counts what imports credited to the member', async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    await importLines(network, importer.as, [fileLine('before', click, { commission: 7_000 })])
    const { body } = await product.rest<{ doc: { status: string } }>('POST', '/api/adjustments', {
      authorization: importer.as,
      body: { member, effect: 'credit', amountMinor: 20_000, currency: 'INR', reason: 'goodwill' },
    })
    expect(body.doc.status).toBe('pending')
  })
})

describe('the decision on a held import', () => {
  const hold = async () => {
    const network = await createFileNetwork()
    const { click, member } = await createMemberWithClick(network)
    const lines = [fileLine('held', click, { commission: 90_000 })]
    const { fileImport } = await importLines(network, importer.as, lines)
    return { network, member, fileImport, lines, click }
  }

  it('a rejection credits nothing, declines the order and tells the member', async () => {
    const { fileImport, member } = await hold()
    expect(await eventOf(member)).toMatchObject({ status: 'pending', hold: 'held', credited: '0' })
    expect((await decide(fileImport, 'reject', second.as)).body.status).toBe('rejected')
    expect(await balanceOf(member)).toBe(0)
    expect(await eventOf(member)).toMatchObject({ status: 'declined', hold: 'rejected' })
    const told = await product.sql<{ template: string }>(
      `select template from notifications where user_id = '${member}' and template <> 'welcome' order by id`,
    )
    expect(told.map(({ template }) => template)).toEqual(['cashback-tracked', 'cashback-declined'])
  })

  it('after a rejection the same file asks again', async () => {
    const { fileImport, lines, member, network } = await hold()
    await decide(fileImport, 'reject', second.as)
    const again = await importLines(network, importer.as, lines)
    expect(again.status).toBe('held')
    await decide(again.fileImport, 'approve', second.as)
    expect(await balanceOf(member)).toBe(6_300_000)
  })

  it('two decisions at once: one counts, the other is refused, and the credit is posted once', async () => {
    const { fileImport, member } = await hold()
    const answers = await Promise.all(
      ['approve', 'approve'].map(() => decide(fileImport, 'approve', second.as)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await balanceOf(member)).toBe(6_300_000)
  })

  it('an approval of a superseded import credits nothing: the later import holds the order', async () => {
    const { click, fileImport, member, network } = await hold()
    const later = await importLines(network, importer.as, [
      fileLine('held', click, { commission: 95_000 }),
    ])
    await decide(fileImport, 'approve', second.as)
    expect(await balanceOf(member)).toBe(0)
    await decide(later.fileImport, 'approve', second.as)
    expect(await balanceOf(member)).toBe(6_650_000)
  })

  it('the order’s explanation says that it waits, to staff with the import, to the member without', async () => {
    const { fileImport, member } = await hold()
    const event = await eventOf(member)
    const explain = async (as: string) =>
      (
        await product.rest<{ words: string }>('GET', `/api/cashback-events/${event?.id}/explain`, {
          authorization: as,
        })
      ).body.words
    expect(await explain(second.as)).toContain(`import ${fileImport} waits for a second person`)
    const [row] = await product.sql<{ email: string }>(
      `select email from users where id = '${member}'`,
    )
    const words = await explain(await signIn(product.payload, { email: row?.email ?? '' }))
    expect(words).toContain('being checked')
    expect(words).not.toContain('import')
  })

  it.each(['member', 'support'] as const)(
    'a user with the role %s may not decide',
    async (role) => {
      const { fileImport } = await hold()
      const as = await signIn(product.payload, await createUser(product.payload, { role }))
      expect((await decide(fileImport, 'approve', as)).status).toBe(403)
      expect((await decide(fileImport, 'reject', as)).status).toBe(403)
    },
  )

  it('an anonymous request is refused with 401', async () => {
    const { fileImport } = await hold()
    expect((await decide(fileImport, 'approve', undefined)).status).toBe(401)
  })
})
