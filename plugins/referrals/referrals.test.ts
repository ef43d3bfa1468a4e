import { inspect } from 'node:util'

import type { CollectionSlug, Config } from 'payload'

import { Payments } from '../../collections/referrals/Payments.ts'
import { Refunds } from '../../collections/referrals/Refunds.ts'
import { Users } from '../../collections/members/Users.ts'
import { WalletTransactions } from '../../collections/wallets/WalletTransactions.ts'
import { assignInviteCode } from '../../hooks/referrals/assignInviteCode.ts'
import { awardCommission } from '../../hooks/referrals/awardCommission.ts'
import { clawBackCommission } from '../../hooks/referrals/clawBackCommission.ts'
import { resolveReferralCode } from '../../hooks/referrals/resolveReferralCode.ts'
import { changeReferrerField } from './admin/referrer/changeReferrerField.ts'
import { referrals } from './index.ts'

const base = { collections: [Users, Payments, Refunds, WalletTransactions] } as unknown as Config

const plugged = async (isEnabled?: boolean, config = base): Promise<Config> =>
  referrals({
    inviteLink: (code) => `https://pay.example.in/r/${code}`,
    ...(isEnabled === undefined ? {} : { isEnabled }),
  })(config)

const collectionOf = ({ collections }: Config, slug: CollectionSlug) =>
  collections?.find((collection) => collection.slug === slug)
/** The fields that are stored. A `ui` field stores nothing. */
const storedFieldsOf = ({ collections = [], globals = [] }: Config) =>
  [...collections, ...globals].map(({ fields, slug }) => ({
    slug,
    fields: fields.filter(({ type }) => type !== 'ui'),
  }))

describe('referrals plugin', () => {
  it('claws commissions back after a refund', async () => {
    const refunds = collectionOf(await plugged(), 'refunds')
    expect(refunds?.hooks?.afterChange).toContain(clawBackCommission)
  })

  it('awards commissions after a completed payment', async () => {
    const payments = collectionOf(await plugged(), 'payments')
    expect(payments?.hooks?.afterChange).toContain(awardCommission)
  })

  it('assigns invite codes and resolves referral codes at registration', async () => {
    const users = collectionOf(await plugged(), 'users')
    expect(users?.hooks?.beforeValidate).toContain(resolveReferralCode)
    expect(users?.hooks?.beforeChange).toContain(assignInviteCode)
  })

  it('keeps the existing hooks', async () => {
    const config = await plugged()
    for (const { hooks = {}, slug } of [Users, Payments]) {
      const now = collectionOf(config, slug as CollectionSlug)?.hooks as Record<string, unknown[]>
      for (const [event, given] of Object.entries(hooks)) {
        expect(now[event]).toEqual(expect.arrayContaining(given as unknown[]))
      }
    }
  })

  it('adds its collection, its configuration and its endpoints', async () => {
    const config = await plugged()
    expect(collectionOf(config, 'commissions')).toBeDefined()
    expect(config.globals?.map(({ slug }) => slug)).toEqual(['affiliation-config'])
    expect(config.endpoints?.map(({ path }) => path)).toEqual([
      '/billing/affiliate/stats',
      '/billing/affiliate/toggle',
    ])
    for (const slug of ['payments', 'wallet-transactions'] as const) {
      expect(collectionOf(config, slug)?.endpoints).toMatchObject([{ path: '/:id/explain' }])
    }
  })

  it('keeps the schema when switched off, so that switching needs no migration', async () => {
    expect(storedFieldsOf(await plugged(false))).toEqual(storedFieldsOf(await plugged(true)))
  })

  it('adds no hooks, fields or endpoints when switched off', async () => {
    const config = await plugged(false)
    for (const { hooks, slug } of [Users, Payments]) {
      expect(collectionOf(config, slug as CollectionSlug)?.hooks).toEqual(hooks)
    }
    expect(collectionOf(config, 'users')?.fields).not.toContain(changeReferrerField)
    expect(config.endpoints ?? []).toEqual([])
  })

  it('keeps the existing globals and endpoints', async () => {
    const endpoint = { path: '/ping', method: 'get' as const, handler: () => new Response() }
    const config = await plugged(true, {
      ...base,
      globals: [{ slug: 'other', fields: [] }],
      endpoints: [endpoint],
    })
    expect(config.globals?.map(({ slug }) => slug)).toContain('other')
    expect(config.endpoints).toContain(endpoint)
  })

  it('does not change the given config', async () => {
    const before = inspect(base, { depth: Infinity })
    await plugged()
    expect(inspect(base, { depth: Infinity })).toBe(before)
  })

  it.each([Users, Payments, WalletTransactions])(
    'throws with the slug of the missing collection $slug',
    async (missing) => {
      const config = { ...base, collections: base.collections?.filter((one) => one !== missing) }
      await expect(plugged(true, config as Config)).rejects.toThrow(`"${missing.slug}"`)
    },
  )
})
