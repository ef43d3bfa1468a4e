import { parseFilters } from './parseFilters.ts'
import type { WalletCard } from './loadWallets.ts'

const wallet = (currency: string, kind: WalletCard['kind'] = 'available'): WalletCard => ({
  id: `${currency}-${kind}`,
  kind,
  currency,
  balanceMinor: 0,
  version: 0,
  lastPostedAt: null,
  frozenReason: null,
})
const WALLETS = [wallet('INR'), wallet('INR', 'held'), wallet('USD')]
const NOW = new Date('2026-11-20T20:00:00Z') // the 21st in India

const read = (query: Record<string, unknown>) =>
  parseFilters(query, { now: NOW, timeZone: 'Asia/Kolkata', wallets: WALLETS })

describe('the filters of a statement', () => {
  it('are this month until now, in the first wallet, without a query', () => {
    expect(read({})).toMatchObject({
      wallet: { id: 'INR-available' },
      from: new Date('2026-10-31T18:30:00Z'),
      to: NOW,
      isOpen: true,
      asOf: null,
      after: 0,
      typed: { from: '2026-11-01', to: '2026-11-21', asOf: '' },
      problem: null,
    })
  })

  it('are days of the viewer’s zone, both inclusive', () => {
    expect(read({ from: '2026-11-01', to: '2026-11-15', asOf: '2026-11-10' })).toMatchObject({
      from: new Date('2026-10-31T18:30:00Z'),
      to: new Date('2026-11-15T18:30:00Z'),
      isOpen: false,
      asOf: new Date('2026-11-10T18:30:00Z'),
    })
  })

  it('are open while their last day is not over', () => {
    expect(read({ to: '2026-11-21' })?.isOpen).toBe(true)
    expect(read({ to: '2026-11-20' })?.isOpen).toBe(false)
  })

  it('choose an existing wallet, else the first', () => {
    expect(read({ currency: 'INR', kind: 'held' })?.wallet.id).toBe('INR-held')
    expect(read({ currency: 'EUR', kind: 'held' })?.wallet.id).toBe('INR-available')
  })

  it.each([{ from: 'soon' }, { to: '2026-13-01' }, { asOf: '31/12/2026' }])(
    'have a problem text for %j, and keep the typed values',
    (query) => {
      const filters = read(query)
      expect(filters?.problem).toMatch(/^Give a day such as/)
      expect(filters?.typed).toMatchObject(query)
      expect(filters?.to).toEqual(NOW)
    },
  )
})
