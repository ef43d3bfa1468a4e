import { readPayout } from './readPayout.ts'

const read = (text: string | Uint8Array, over = {}) =>
  readPayout(typeof text === 'string' ? Buffer.from(text) : text, {
    currency: 'INR',
    paidAt: '2026-03-01',
    mapping: {},
    ...over,
  })

describe('a payment statement', () => {
  it.each([
    ['transaction_id,commission', 'T1', null],
    ['Action ID;Payment', 'T1', null],
    ['Order ID\tpayout', null, 'T1'],
    ['\uFEFF"Conversion ID","Approved Payout"', 'T1', null],
    ['  orderNumber ,amount', null, 'T1'],
  ])('is read by the usual column names: %s', async (header, externalId, orderId) => {
    const delimiter = /[;\t]/.exec(header)?.[0] ?? ','
    const { lines } = await read(`${header}\nT1${delimiter}1.50\n`)
    expect(lines).toEqual([{ number: 2, externalId, orderId, amountMinor: 150 }])
  })

  it('prefers the surer name if several columns fit', async () => {
    const { lines } = await read('id,transaction_id,amount,commission,payout\n1,T1,900,3,2')
    expect(lines).toMatchObject([{ externalId: 'T1', amountMinor: 200 }])
  })

  it.each([
    ['-10', -1_000],
    ['−10.5', -1_050],
    ['(1,234.50)', -123_450],
    ['"1,00,000.00"', 10_000_000],
    ['0', 0],
  ])('reads %s exactly', async (amount, amountMinor) => {
    const quoted = amount.startsWith('"') ? amount : `"${amount}"`
    expect((await read(`id,amount\nT1,${quoted}`)).lines).toMatchObject([{ amountMinor }])
  })

  it('returns an error for each unreadable line, and rounds nothing', async () => {
    const { errors, lines } = await read(
      `id,order_id,amount,currency\nT1,,1234.005,\n,,9,\nT2,,,\nT3,,1,USD\n${'x'.repeat(256)},,1,\nT4,,1,inr`,
    )
    expect(lines).toMatchObject([{ number: 7, externalId: 'T4' }])
    expect(errors.map(({ code, line }) => [line, code])).toEqual([
      [2, 'money.too-precise'],
      [3, 'statement.no-id'],
      [4, 'money.malformed'],
      [5, 'statement.other-currency'],
      [6, 'id.too-long'],
    ])
  })

  it('has the same hash in another encoding, and another hash for another day', async () => {
    const text = 'id,amount\nCafé,1'
    const hashes = await Promise.all([
      read(text),
      read(`\uFEFF${text}`),
      read(Buffer.from(text, 'latin1')),
      read(text, { paidAt: '2026-03-02' }),
    ])
    expect(new Set(hashes.slice(0, 3).map(({ contentHash }) => contentHash)).size).toBe(1)
    expect(hashes[3]?.contentHash).not.toBe(hashes[0]?.contentHash)
  })

  it.each([
    ['name,amount\nx,1', 'csv.missing-column', /idColumn/],
    ['id,name\nx,1', 'csv.missing-column', /amountColumn/],
    ['id,amount', 'csv.empty', /below/],
  ])('is refused without its columns or lines: %j', async (text, code, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })
})
