import { useSimulator } from '../../../test/support/useSimulator.ts'

describe('the page of the bank', () => {
  const simulator = useSimulator()
  const page = async (search = '') => String((await simulator.get(`/bank${search}`)).body)
  const pay = async (key: string, holderName: string) => {
    const response = await fetch(`${simulator.url()}/simulated-bank/payouts`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer key',
        'idempotency-key': key,
      },
      body: JSON.stringify({
        amountMinor: 60_000,
        currency: 'INR',
        account: { kind: 'upi', vpa: 'suresh@okaxis', holderName },
        narration: 'Withdrawal',
      }),
    })
    expect(response.status).toBe(201)
  }

  it('shows a note when there is no payment', async () => {
    expect(await page()).toContain('No payment yet.')
  })

  it('shows a payment, then that its money left, without the account', async () => {
    await pay('pa1', 'Suresh Rao')
    const before = await page()
    expect(before).toMatch(/pa1[\s\S]*no bank reference yet[\s\S]*pending[\s\S]*Suresh Rao, upi/)
    expect(before).toContain('₹600.00')
    await simulator.control('/payouts/settle', { key: 'pa1' })
    const after = await page()
    expect(after).toMatch(/SIM000000001[\s\S]*is-paid[\s\S]*out,\s*<time/)
    expect(after).not.toContain('suresh@okaxis')
  })

  it('finds payments by name, and escapes what they contain', async () => {
    await pay('pa1', '<img src=x onerror=alert(1)>')
    await pay('pa2', 'Asha Rao')
    expect(await page()).not.toContain('<img')
    const found = await page('?q=asha')
    expect(found).toContain('pa2')
    expect(found).not.toContain('pa1')
    expect(await page('?q=nothing')).toContain('Nothing matches.')
  })

  it('lists the webhooks that were sent', async () => {
    await simulator.control('/payouts/webhooks', {
      simulated: { url: `${simulator.url()}/control/no-such-route`, secret: 'secret' },
    })
    await pay('pa1', 'Suresh Rao')
    await simulator.control('/payouts/settle', { key: 'pa1' })
    expect(await page()).toMatch(/id="webhooks"[\s\S]*settled[\s\S]*404/)
  })
})
