import { z } from 'zod'

import { readEnv } from '../env.ts'
import { ADAPTERS, adapterOf } from './index.ts'
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

describe.each(Object.entries(ADAPTERS))('%s in the list', (name, adapter) => {
  const network = adapter.open({ env: readEnv({}), settings: settingsOf(name) })

  it('opens a network of that name', () => {
    expect(network.adapter).toBe(name)
    expect(adapterOf(name)).toBe(adapter)
  })

  it('needs credentials that begin with its name: what else does is asked for with them', () => {
    const { credentials, needs } = adapter
    expect(credentials).toEqual(expect.arrayContaining([...needs]))
    for (const key of credentials) expect(key).toMatch(new RegExp(`^${name.toUpperCase()}_`))
  })

  it('takes a click’s id as long as ours are', () => {
    expect(network.capabilities.maxClickIdLength).toBeGreaterThanOrEqual(30)
  })

  it('reads stored pages and makes links without credentials', () => {
    const link = network.buildLink({ trackingUrl: 'https://t.example.test/', clickId: 'clk1' })
    expect(link).toContain('clk1')
  })

  it('refuses settings that it does not know, and says which', () => {
    const settings = { ...settingsOf(name), basUrl: 'https://typo.example.test' }
    const open = () => adapter.open({ env: readEnv({}), settings })
    expect(open).toThrow(NetworkError)
    expect(open).toThrow(/basUrl/)
  })

  it('has settings that an admin’s form can be made of', () => {
    expect(z.toJSONSchema(adapter.settings, { io: 'input' })).toMatchObject({ type: 'object' })
  })
})

describe('the list of networks', () => {
  it('has no adapter of another name', () => {
    for (const name of ['constructor', '__proto__', 'nobody', ''])
      expect(adapterOf(name)).toBeNull()
  })

  it.each([
    [{}, ['csv']],
    [ADMITAD, ['admitad', 'csv']],
    [{ ...VCOMMISSION, ...CUELINKS }, ['csv', 'cuelinks', 'vcommission']],
  ])('can ask, with %j, %j', (source, names) => {
    const env = readEnv(source)
    const able = Object.entries(ADAPTERS).filter(([, { isConfigured }]) => isConfigured(env))
    expect(able.map(([name]) => name)).toEqual(names)
  })

  it('names the credentials that are missing when asked without them', async () => {
    const network = ADAPTERS.admitad?.open({ env: readEnv({}) })
    await expect(network?.listSales(window, { signal }).next()).rejects.toMatchObject({
      code: 'network.unauthorized',
      message: expect.stringContaining('ADMITAD_CLIENT_SECRET'),
    })
  })

  it('lets an account set its clock where the network’s own is not documented', () => {
    const takes = (utcOffset: string) =>
      Object.entries(ADAPTERS)
        .filter(([, { settings }]) => settings.safeParse({ utcOffset }).success)
        .map(([name]) => name)
    expect(takes('+00:00')).toEqual(['admitad', 'cuelinks', 'vcommission'])
    expect(takes('IST')).toEqual([])
  })

  it('asks as often as a network documents, and by the account’s setting where there is one', () => {
    const pacesOf = (settings: object) =>
      Object.entries(ADAPTERS)
        .filter(([name]) => name !== 'csv')
        .map(([name, { open }]) => {
          const { capabilities } = open({ env: readEnv({}), settings })
          return [name, capabilities.requestsPerMinute]
        })
    expect(Object.fromEntries(pacesOf({}))).toEqual({
      admitad: 600,
      awin: 20,
      cuelinks: null,
      vcommission: null,
    })
    expect(pacesOf({ requestsPerMinute: 7 }).map(([, pace]) => pace)).toEqual([7, 7, 7, 7])
  })

  it.each([0, -1, 1.5, 60_001, '20', null])('does not take %j requests a minute', (pace) => {
    for (const [name, { settings }] of Object.entries(ADAPTERS)) {
      const account = { ...settingsOf(name), requestsPerMinute: pace }
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
  ])('is not opened with half a set: %s is asked for', (missing, source) => {
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
