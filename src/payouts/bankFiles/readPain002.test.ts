import type { DomainError } from '../../domain/errors.ts'
import { BUILT_IN_PROFILES } from './builtInProfiles.ts'
import { readResultFile } from './readResultFile.ts'
import { RESULT_LIMITS } from './resultLine.ts'

const KEY = 'TR00000000000000000000000000000001'
const profile = BUILT_IN_PROFILES.painSepa

const report = (payments: string, group = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>R1</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>B42</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>B42</OrgnlPmtInfId>${payments}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`
const payment = (change = '', status = 'ACSC') =>
  `<TxInfAndSts><OrgnlInstrId>x</OrgnlInstrId><OrgnlEndToEndId> ${KEY} </OrgnlEndToEndId><TxSts>${status}</TxSts>${change}</TxInfAndSts>`

const read = (xml: string) => readResultFile(Buffer.from(xml), profile)
const codeOf = async (xml: string): Promise<string> =>
  ((await read(xml).catch((error: unknown) => error)) as DomainError).code

describe('a payment of a pain.002 report', () => {
  it('has key, status, reason, reference, amount, account and day', async () => {
    const { lines, refused } = await read(
      report(
        payment(
          `<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Closed &amp; gone</AddtlInf></StsRsnInf>
<AccptncDtTm>2026-11-30T10:00:00+01:00</AccptncDtTm><AcctSvcrRef>REF9</AcctSvcrRef>
<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">10.1</InstdAmt></Amt><CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct></OrgnlTxRef>`,
          'RJCT',
        ),
      ),
    )
    expect(refused).toEqual([])
    expect(lines).toEqual([
      {
        line: 1,
        key: KEY,
        bankReference: 'REF9',
        account: 'DE89370400440532013000',
        accountLast4: '3000',
        ifsc: null,
        amountMinor: 10_10,
        status: 'failed',
        word: 'RJCT',
        reason: 'AC04 Closed & gone',
        date: '2026-11-30',
        isContradictory: false,
      },
    ])
  })

  it.each([
    ['ACCC', 'settled'],
    ['ACSC', 'settled'],
    ['ACSP', 'pending'],
    ['PDNG', 'pending'],
    ['RJCT', 'failed'],
    ['PART', 'unknown'],
  ])('with the status %s is %s', async (word, status) => {
    expect((await read(report(payment('', word)))).lines).toMatchObject([{ word, status }])
  })

  it('is contradictory with another one of its key', async () => {
    const { lines } = await read(report(payment() + payment('', 'RJCT')))
    expect(lines.map(({ isContradictory }) => isContradictory)).toEqual([true, true])
  })

  it.each([
    ['another currency', '<InstdAmt Ccy="USD">10.10</InstdAmt>', 'payout-file.currency'],
    ['no currency', '<InstdAmt>10.10</InstdAmt>', 'payout-file.currency'],
    ['a part of a cent', '<InstdAmt Ccy="EUR">10.101</InstdAmt>', 'payout-file.amount'],
    ['no number', '<InstdAmt Ccy="EUR">ten</InstdAmt>', 'payout-file.amount'],
  ])('is refused with %s', async (_, amount, code) => {
    const { lines, refused } = await read(
      report(payment(`<OrgnlTxRef><Amt>${amount}</Amt></OrgnlTxRef>`)),
    )
    expect([lines, refused]).toMatchObject([[], [{ line: 1, code }]])
  })

  it('is refused without key and account', async () => {
    const { refused } = await read(report(payment().replace(KEY, 'NOTPROVIDED')))
    expect(refused).toMatchObject([{ line: 1, code: 'payout-file.no-key' }])
  })
})

describe('a pain.002 report', () => {
  it('answers for the whole batch if it names no payment', async () => {
    const group = '<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>'
    expect(await read(report('', group))).toEqual({
      lines: [],
      refused: [],
      batch: { batchKey: 'B42', status: 'failed', word: 'RJCT', reason: 'AM04' },
    })
  })

  it('answers for payments alone if it names some', async () => {
    const { batch, lines } = await read(report(payment(), '<GrpSts>PART</GrpSts>'))
    expect([batch, lines.length]).toEqual([null, 1])
  })

  it.each([
    ['CSV', 'REF_NO,STATUS\n1,Success\n'],
    ['a workbook', 'PK\u0003\u0004\u0000'],
    ['another message', '<Document><CstmrCdtTrfInitn><GrpHdr/></CstmrCdtTrfInitn></Document>'],
    ['XML that ends early', report(payment()).slice(0, 400)],
    [
      'a document type with entities',
      `<!DOCTYPE a [<!ENTITY b "c">]>${report(payment()).slice(39)}`,
    ],
    ['an unknown entity', report(payment('<AcctSvcrRef>&b;</AcctSvcrRef>'))],
    ['XML nested too deeply', report('<a>'.repeat(60) + '</a>'.repeat(60))],
  ])('is refused if it is %s', async (_, file) => {
    expect(await codeOf(file)).toBe('payout-file.unreadable')
  })

  it('is refused with neither payments nor a status', async () => {
    expect(await codeOf(report(''))).toBe('payout-file.empty')
  })

  it('is refused above the limit of payments', async () => {
    const many = '<TxInfAndSts/>'.repeat(RESULT_LIMITS.lines + 1)
    expect(await codeOf(report(many))).toBe('payout-file.too-many-lines')
  })
})
