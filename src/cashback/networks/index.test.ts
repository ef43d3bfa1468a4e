import { z } from 'zod'

import { readEnv } from '../../config/env.ts'
import { ADAPTERS, findAdapter } from './index.ts'
import { NetworkError } from './NetworkError.ts'

const ADMITAD = { ADMITAD_CLIENT_ID: 'id', ADMITAD_CLIENT_SECRET: 'hidden-secret' }
const VCOMMISSION = { VCOMMISSION_API_KEY: 'hidden-key' }
const CUELINKS = { CUELINKS_API_KEY: 'hidden-key', CUELINKS_PUBLISHER_ID: '12345' }
const CSV = {
  mapping: { columns: { status: 'S', commission: 'C', eventAt: 'D' }, statuses: {} },
}
const settingsOf = (name: string) => (name === 'csv' ? CSV : {})
const window = { from: new Date('2026-10-01'), to: new Date('2026-10-02'), by: 'event' as const }
const { signal } = new AbortController()

describe.each(Object.entries(ADAPTERS))('the adapter %s', (name, adapter) => {
  const network = adapter.open({ env: readEnv({}), settings: settingsOf(name) })

  it('opens a network of that name', () => {
    expect(network.adapter).toBe(name)
    expect(findAdapter(name)).toBe(adapter)
  })

  it('requires credentials that begin with its name, and lists all of them', () => {
    const { credentials, needs } = adapter
    expect(credentials).toEqual(expect.arrayContaining([...needs]))
    for (const key of credentials) expect(key).toMatch(new RegExp(`^${name.toUpperCase()}_`))
  })

  it('accepts click ids as long as ours', () => {
    expect(network.capabilities.maxClickIdLength).toBeGreaterThanOrEqual(30)
  })

  it('builds links without credentials', () => {
    const link = network.buildLink({ trackingUrl: 'https://t.example.test/', clickId: 'clk1' })
    expect(link).toContain('clk1')
  })

  it('refuses unknown settings, and names them', () => {
    const settings = { ...settingsOf(name), basUrl: 'https://typo.example.test' }
    const open = () => adapter.open({ env: readEnv({}), settings })
    expect(open).toThrow(NetworkError)
    expect(open).toThrow(/basUrl/)
  })

  it('has settings that convert to a JSON schema', () => {
    expect(z.toJSONSchema(adapter.settings, { io: 'input' })).toMatchObject({ type: 'object' })
  })
})

describe('the list of adapters', () => {
  it('has no adapter of any other name', () => {
    for (const name of ['constructor', '__proto__', 'unknown', ''])
      expect(findAdapter(name)).toBeNull()
  })

  it.each([
    [{}, ['csv']],
    [ADMITAD, ['admitad', 'csv']],
    [{ ...VCOMMISSION, ...CUELINKS }, ['csv', 'cuelinks', 'vcommission']],
  ])('with %j has the configured adapters %j', (source, names) => {
    const env = readEnv(source)
    const able = Object.entries(ADAPTERS).filter(([, { isConfigured }]) => isConfigured(env))
    expect(able.map(([name]) => name)).toEqual(names)
  })

  it('names the missing credentials when a network is polled without them', async () => {
    const network = ADAPTERS.admitad?.open({ env: readEnv({}) })
    await expect(network?.listTransactions(window, { signal }).next()).rejects.toMatchObject({
      code: 'network.unauthorized',
      message: expect.stringContaining('ADMITAD_CLIENT_SECRET'),
    })
  })

  it('lets an account set the UTC offset of networks that do not document theirs', () => {
    const takes = (utcOffset: string) =>
      Object.entries(ADAPTERS)
        .filter(([, { settings }]) => settings.safeParse({ utcOffset }).success)
        .map(([name]) => name)
    expect(takes('+00:00')).toEqual(['admitad', 'cuelinks', 'vcommission'])
    expect(takes('IST')).toEqual([])
  })

  it('has the documented rate limits, which an account’s setting overrides', () => {
    const ratesOf = (settings: object) =>
      Object.entries(ADAPTERS)
        .filter(([name]) => name !== 'csv')
        .map(([name, { open }]) => {
          const { capabilities } = open({ env: readEnv({}), settings })
          return [name, capabilities.requestsPerMinute]
        })
    expect(Object.fromEntries(ratesOf({}))).toEqual({
      admitad: 600,
      awin: 20,
      cuelinks: null,
      vcommission: null,
    })
    expect(ratesOf({ requestsPerMinute: 7 }).map(([, rate]) => rate)).toEqual([7, 7, 7, 7])
  })

  it.each([0, -1, 1.5, 60_001, '20', null])('refuses %j requests per minute', (rate) => {
    for (const [name, { settings }] of Object.entries(ADAPTERS)) {
      const account = { ...settingsOf(name), requestsPerMinute: rate }
      expect([name, settings.safeParse(account).success]).toEqual([name, false])
    }
  })

  it.each([
    ['ADMITAD_CLIENT_ID', { ADMITAD_CLIENT_SECRET: 'hidden' }],
    ['ADMITAD_CLIENT_SECRET', { ADMITAD_CLIENT_ID: 'hidden' }],
    ['ADMITAD_CLIENT_ID', { ADMITAD_REFRESH_TOKEN: 'hidden' }],
    ['VCOMMISSION_API_KEY', { VCOMMISSION_BASE_URL: 'https://hidden.test' }],
    ['AWIN_TOKEN', { AWIN_BASE_URL: 'https://hidden.test' }],
    ['VCOMMISSION_API_KEY', { VCOMMISSION_PATH: '/hidden' }],
    ['CUELINKS_PUBLISHER_ID', { CUELINKS_API_KEY: 'hidden' }],
    ['CUELINKS_API_KEY', { CUELINKS_AUTH_SCHEME: 'Bearer' }],
  ])('refuses an incomplete set of credentials: %s is missing', (missing, source) => {
    expect(() => readEnv(source)).toThrow(`${missing}: needed`)
    expect(() => readEnv(source)).not.toThrow(/hidden/)
  })

  it.each([
    ['VCOMMISSION_PATH', 'v2/transactions'],
    ['CUELINKS_AUTH_SCHEME', 'Basic'],
    ['ADMITAD_BASE_URL', 'ftp://api.example.test'],
    ['NETWORK_TIMEOUT_MS', '1'],
  ])('refuses %s=%s', (key, value) => {
    const complete = { ...ADMITAD, ...VCOMMISSION, ...CUELINKS }
    expect(() => readEnv({ ...complete, [key]: value })).toThrow(new RegExp(`${key}: `))
  })
})
