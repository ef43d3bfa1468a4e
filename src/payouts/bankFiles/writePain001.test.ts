import { buildSepaOrder } from '../../../test/support/payoutOrders.ts'
import { DomainError } from '../../domain/errors.ts'
import { parseWholeXml } from '../../files/parseXml.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { BUILT_IN_PROFILES } from './builtInProfiles.ts'
import type { PainProfile } from './profiles.ts'
import { writeBankFile } from './writeBankFile.ts'

const profile: PainProfile = {
  ...BUILT_IN_PROFILES.painSepa,
  debtorName: 'Tributary & Söhne GmbH',
  debtorIban: 'DE89370400440532013000',
  debtorBic: 'COBADEFFXXX',
}
/** In Berlin it is the first of December already. */
const date = new Date('2026-11-30T23:30:00Z')

const readAll = async (content: AsyncIterable<Buffer | string>): Promise<string> => {
  let text = ''
  for await (const piece of content) text += piece.toString()
  return text
}
const write = (orders: Iterable<PayoutOrder>, batchKey = 'B42'): Promise<string> =>
  readAll(writeBankFile({ profile, orders, batchKey, date }).content)

/** The texts of a file by the paths of their elements. */
const readPaths = async (xml: string): Promise<Map<string, string[]>> => {
  const path: string[] = []
  const texts = new Map<string, string[]>()
  await parseWholeXml([xml], {
    toError: (problem) => new DomainError('test.malformed', problem),
    onOpen: (name) => path.push(name),
    onClose: () => path.pop(),
    onText: (text) => {
      const key = path.slice(2).join('/')
      texts.set(key, [...(texts.get(key) ?? []), text])
    },
  })
  return texts
}

describe('a pain.001 file', () => {
  it('has the header, the debtor and each payment with our key', async () => {
    const paid = buildSepaOrder(2, {
      amountMinor: 7,
      account: { kind: 'iban', iban: 'DE89370400440532013000', bic: 'COBADEFF', holderName: 'B' },
    })
    const texts = await readPaths(await write([buildSepaOrder(1, { amountMinor: 10_10 }), paid]))
    expect(Object.fromEntries(texts)).toEqual({
      'GrpHdr/MsgId': ['B42'],
      'GrpHdr/CreDtTm': ['2026-11-30T23:30:00'],
      'GrpHdr/NbOfTxs': ['2'],
      'GrpHdr/CtrlSum': ['10.17'],
      'GrpHdr/InitgPty/Nm': ['Tributary Sohne GmbH'],
      'PmtInf/PmtInfId': ['B42'],
      'PmtInf/PmtMtd': ['TRF'],
      'PmtInf/BtchBookg': ['false'],
      'PmtInf/NbOfTxs': ['2'],
      'PmtInf/CtrlSum': ['10.17'],
      'PmtInf/PmtTpInf/SvcLvl/Cd': ['SEPA'],
      'PmtInf/ReqdExctnDt/Dt': ['2026-12-01'],
      'PmtInf/Dbtr/Nm': ['Tributary Sohne GmbH'],
      'PmtInf/DbtrAcct/Id/IBAN': ['DE89370400440532013000'],
      'PmtInf/DbtrAgt/FinInstnId/BICFI': ['COBADEFFXXX'],
      'PmtInf/ChrgBr': ['SLEV'],
      'PmtInf/CdtTrfTxInf/PmtId/InstrId': [buildSepaOrder(1).key, paid.key],
      'PmtInf/CdtTrfTxInf/PmtId/EndToEndId': [buildSepaOrder(1).key, paid.key],
      'PmtInf/CdtTrfTxInf/Amt/InstdAmt': ['10.10', '0.07'],
      'PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI': ['COBADEFF'],
      'PmtInf/CdtTrfTxInf/Cdtr/Nm': ['Zoe Muller', 'B'],
      'PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN': [
        'FR1420041010050500013M02606',
        'DE89370400440532013000',
      ],
      'PmtInf/CdtTrfTxInf/RmtInf/Ustrd': ['Cashback payout', 'Cashback payout'],
    })
  })

  it('has the name, namespace and currency of the message', async () => {
    const text = await write([buildSepaOrder()])
    expect(text).toContain('xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"')
    expect(text).toContain('<InstdAmt Ccy="EUR">')
  })

  it('has no markup of the texts of an order', async () => {
    const account = {
      kind: 'iban',
      iban: 'DE89370400440532013000',
      bic: null,
      holderName: '<a b="c">&A;',
    } as const
    const text = await write([buildSepaOrder(1, { account, narration: ']]><x/>' })])
    expect(text).toContain('<Nm>a b c A</Nm>')
    expect(text).toContain('<Ustrd>x</Ustrd>')
  })

  it('names the key where nothing is left of the narration', async () => {
    const texts = await readPaths(await write([buildSepaOrder(1, { narration: '--' })]))
    expect(texts.get('PmtInf/CdtTrfTxInf/RmtInf/Ustrd')).toEqual([buildSepaOrder(1).key])
  })

  it('keeps its ids at 35 characters with the longest reference of a batch', async () => {
    const texts = await readPaths(await write([buildSepaOrder()], 'B'.repeat(35)))
    for (const id of ['GrpHdr/MsgId', 'PmtInf/PmtInfId', 'PmtInf/CdtTrfTxInf/PmtId/InstrId']) {
      expect(texts.get(id)?.[0]?.length).toBeLessThanOrEqual(35)
    }
  })

  it('has 10,000 payments, with a sum that is exact to the cent', async () => {
    const orders = Array.from({ length: 10_000 }, (_, at) =>
      buildSepaOrder(at, { amountMinor: 999_999_999_01 }),
    )
    const text = await write(orders)
    expect(text).toContain('<NbOfTxs>10000</NbOfTxs><CtrlSum>9999999990100.00</CtrlSum>')
    expect(text.match(/<CdtTrfTxInf>/g)).toHaveLength(10_000)
  })

  it.each([
    ['wrong check digits', { iban: 'DE88370400440532013000', bic: null }],
    ['small letters', { iban: 'de89370400440532013000', bic: null }],
    ['a BIC of another country', { iban: 'DE89370400440532013000', bic: 'BNPAFRPP' }],
    ['a malformed BIC', { iban: 'DE89370400440532013000', bic: 'COBA' }],
  ])('refuses an account with %s, and does not show it', async (_, given) => {
    const account = { kind: 'iban', holderName: 'A', ...given } as const
    const error = await write([buildSepaOrder(1, { account })]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'payout-file.account' })
    expect(String(error)).not.toContain('3704')
  })

  it('takes a BIC of a territory with an IBAN of its state', async () => {
    const account = {
      kind: 'iban',
      iban: 'FR1420041010050500013M02606',
      bic: 'BNPAREPP',
      holderName: 'A',
    } as const
    expect(await write([buildSepaOrder(1, { account })])).toContain('<BICFI>BNPAREPP</BICFI>')
  })

  it('hides a field that the library refuses', async () => {
    const wrong = { ...profile, debtorIban: 'DE00370400440532013000' }
    const file = writeBankFile({ profile: wrong, orders: [buildSepaOrder()], batchKey: 'B', date })
    const error = await readAll(file.content).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'payout-file.unwritable' })
    expect(String(error)).not.toContain('3704')
  })
})
