import fc from 'fast-check'

import { judgeCredits } from './judgeCredits.ts'

const INR = { currency: 'INR', perImportMinor: 1_000, perMemberMinor: 500, perActorMinor: 2_000 }
const credit = (member: string, amountMinor: number, currency = 'INR') => ({
  member,
  currency,
  amountMinor,
})
const judge = (over: Partial<Parameters<typeof judgeCredits>[0]>) =>
  judgeCredits({
    credits: [],
    actor: 'actor',
    earlierOfMembers: [],
    earlierOfActor: [],
    limits: [INR],
    ...over,
  }).map(({ code }) => code)

describe('the credits of one cause', () => {
  it.each([
    ['at the limit of a member', [credit('a', 500)], []],
    ['above the limit of a member', [credit('a', 501)], ['member']],
    ['of one member in parts above the limit', [credit('a', 300), credit('a', 201)], ['member']],
    ['at the limit of an import', [credit('a', 500), credit('b', 500)], []],
    ['above it', [credit('a', 500), credit('b', 500), credit('c', 1)], ['import']],
    ['of the actor', [credit('actor', 1)], ['own']],
    ['in a currency without limits', [credit('a', 1, 'USD')], ['no-limit']],
    ['of nobody', [], []],
  ])('%s: reasons %#', (_name, credits, codes) => {
    expect(judge({ credits })).toEqual(codes)
  })

  it('count what the member got in the day', () => {
    expect(judge({ credits: [credit('a', 1)], earlierOfMembers: [credit('a', 500)] })).toEqual([
      'member',
    ])
  })

  it('count what the actor credited in the day, in the same currency', () => {
    const credits = [credit('a', 1)]
    const earlier = (currency: string) => [{ currency, amountMinor: 2_000 }]
    expect(judge({ credits, earlierOfActor: earlier('INR') })).toEqual(['actor'])
    expect(judge({ credits, earlierOfActor: earlier('USD') })).toEqual([])
  })

  it('never pass the limits in a day, however they are split into imports', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 700 })), {
            minLength: 1,
            maxLength: 4,
          }),
          { maxLength: 30 },
        ),
        (imports) => {
          const applied: ReturnType<typeof credit>[] = []
          for (const rows of imports) {
            const credits = rows.map(([member, minor]) => credit(member, minor))
            const codes = judge({ credits, earlierOfMembers: applied, earlierOfActor: applied })
            if (codes.length === 0) applied.push(...credits)
          }
          const sum = (of: typeof applied) => of.reduce((all, one) => all + one.amountMinor, 0)
          expect(sum(applied)).toBeLessThanOrEqual(INR.perActorMinor)
          for (const name of ['a', 'b', 'c']) {
            const own = applied.filter(({ member }) => member === name)
            expect(sum(own)).toBeLessThanOrEqual(INR.perMemberMinor)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
