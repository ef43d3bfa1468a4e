import { randomUUID } from 'node:crypto'

import { insertClick } from '../../../test/support/insertRows.ts'
import { createMerchantAtNetwork } from '../../../test/support/cashbackFactories.ts'
import { hoursAgo } from '../../../test/support/instants.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { MAX_CLAIM_FILE_BYTES } from './storeClaimFile.ts'

let product: Product
let support: string
beforeAll(async () => {
  product = await startProduct()
  support = await signIn(product.payload, await createUser(product.payload, { role: 'support' }))
})
afterAll(() => product.close())

const PDF = Buffer.from('%PDF-1.7\nan invoice')
const codeOf = (body: object) => (body as { errors?: { code: string }[] }).errors?.[0]?.code

const createSignedInMember = async () => {
  const user = await createUser(product.payload)
  return { id: user.id, authorization: await signIn(product.payload, user) }
}
const upload = (
  authorization: string | undefined,
  body: Buffer = PDF,
  type = 'application/pdf',
  name = 'bill.pdf',
) =>
  product.rest<{ file: { id: string } }>(
    'POST',
    `/api/claim-files?name=${encodeURIComponent(name)}`,
    { authorization, body, headers: { 'Content-Type': type } },
  )
const filesOf = (member: string) =>
  product.sql(`select 1 from claim_files where member_id = '${member}'`)

describe('a file for a claim', () => {
  it('is downloaded unchanged by its member and by staff only', async () => {
    const [own, other] = await Promise.all([createSignedInMember(), createSignedInMember()])
    const { body, status } = await upload(own.authorization, PDF, 'application/pdf', 'बिल "1".pdf')
    expect([status, body.file]).toMatchObject([201, { bytes: PDF.length, type: 'application/pdf' }])

    const path = `/api/claim-files/${body.file.id}/content`
    for (const authorization of [own.authorization, support]) {
      const answer = await product.raw('GET', path, { authorization })
      expect(answer.status).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PDF)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="___ _1_.pdf"; filename*=UTF-8''%E0%A4%AC%E0%A4%BF%E0%A4%B2%20%221%22.pdf`,
        'content-security-policy': "default-src 'none'; sandbox",
        'content-type': 'application/pdf',
        'x-content-type-options': 'nosniff',
      })
    }
    expect((await product.rest('GET', path, { authorization: other.authorization })).status).toBe(
      404,
    )
    expect((await product.rest('GET', path)).status).toBe(401)
    const list = await product.rest<{ docs: object[] }>('GET', '/api/claim-files', {
      authorization: other.authorization,
    })
    expect(list.body.docs).toEqual([])
  })

  it.each([
    ['a page declared as a picture', '<html><script>', 'image/png', 415],
    ['a picture declared as a PDF', '\x89PNG\r\n\x1a\n', 'application/pdf', 415],
    ['a program', 'MZ\x90\0', 'application/octet-stream', 415],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml', 415],
    ['nothing', '', 'image/png', 415],
    ['more than 3 MB', `%PDF-${'x'.repeat(MAX_CLAIM_FILE_BYTES)}`, 'application/pdf', 413],
  ])('is refused if it is %s, and not stored', async (_name, content, type, status) => {
    const { authorization, id } = await createSignedInMember()
    const answer = await upload(authorization, Buffer.from(content, 'latin1'), type)
    expect(answer.status).toBe(status)
    expect(codeOf(answer.body)).toBe(status === 413 ? 'claim-file.too-large' : 'claim-file.type')
    expect(await filesOf(id)).toEqual([])
  })

  it('is refused after twenty files in a day, also for uploads at the same time', async () => {
    const { authorization, id } = await createSignedInMember()
    await product.sql(`insert into claim_files (id, member_id, name, type, bytes, sha256)
      select time_ordered_uuid(), '${id}', 'x', 'application/pdf', 1, '' from generate_series(1, 18)`)
    const answers = await Promise.all([1, 2, 3, 4].map(() => upload(authorization)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429])
    expect(await filesOf(id)).toHaveLength(20)
    await product.sql(`update claim_files set created_at = created_at - interval '25 hours'`)
    expect((await upload(authorization)).status).toBe(201)
  })

  it('can be attached to a claim of its member, and to no other claim', async () => {
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const [own, other] = await Promise.all([createSignedInMember(), createSignedInMember()])
    for (const { id } of [own, other])
      await insertClick(product, { ...merchantIds, member: id, at: hoursAgo(121) })
    const { body } = await upload(own.authorization)
    const claim = (authorization: string) =>
      product.rest<{ claim: string }>('POST', '/api/cashback-claims', {
        authorization,
        body: {
          merchant: merchantIds.slug,
          orderNumber: randomUUID(),
          orderedAt: hoursAgo(120),
          amountMinor: 1,
          currency: 'INR',
          files: [body.file.id],
        },
      })
    const foreign = await claim(other.authorization)
    expect([foreign.status, codeOf(foreign.body)]).toEqual([400, 'claim.unknown-file'])
    expect(
      await product.sql(`select 1 from cashback_claims where member_id = '${other.id}'`),
    ).toEqual([])

    const made = await claim(own.authorization)
    expect(made.status).toBe(201)
    const read = await product.rest<{ files: unknown }>(
      'GET',
      `/api/cashback-claims/${made.body.claim}?depth=0`,
      { authorization: own.authorization },
    )
    expect(read.body.files).toEqual([body.file.id])
  })
})
