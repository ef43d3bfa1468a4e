import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

describe('the inbox', () => {
  const simulator = useSimulator()
  const page = async (search = '') => {
    const response = await fetch(`${simulator.url()}/${search}`)
    return { text: await response.text(), policy: response.headers.get('content-security-policy') }
  }
  const sendMail = (html: string, to = 'asha@example.test', subject = 'Hello') =>
    simulator.post(
      '/sendgrid/v3/mail/send',
      {
        from: { email: 'a@example.test' },
        personalizations: [{ to: [{ email: to }] }],
        subject,
        content: [{ type: 'text/html', value: html }],
      },
      { authorization: 'Bearer any' },
    )
  const sendSms = (text: string) =>
    simulator.post(
      '/twilio/2010-04-01/Accounts/AC1/Messages.json',
      new URLSearchParams({ To: '+919800000001', From: '+15005550006', Body: text }),
      { authorization: `Basic ${btoa('AC1:any')}` },
    )
  const submit = (path: string, fields: Record<string, string>) =>
    fetch(simulator.url() + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })

  it('shows a note when there are no messages', async () => {
    expect((await page()).text).toContain('Nothing yet.')
  })

  it('renders a mail in a frame that runs no script', async () => {
    await sendMail('<script>alert(1)</script><b class="x">hi</b>')
    const { policy, text } = await page()
    expect(text).toContain(
      '&#60;script&#62;alert(1)&#60;/script&#62;&#60;b class=&#34;x&#34;&#62;hi',
    )
    expect(text).not.toContain('<script>alert(1)')
    expect(/<iframe[^>]*sandbox="([^"]*)"/.exec(text)?.[1]).not.toContain('allow-scripts')
    expect(policy).toMatch(/default-src 'none'.*script-src 'nonce-[\w-]+'/)
  })

  it('escapes subjects, texts and queries', async () => {
    await sendMail('x', 'a@example.test', '<img src=x onerror=alert(1)>"\'&')
    await sendSms('<img src=x onerror=alert(1)>')
    for (const search of ['', `?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`]) {
      expect((await page(search)).text).not.toContain('<img')
    }
  })

  it('shows an SMS in the conversation with its phone, with the segments of each', async () => {
    await sendSms('first')
    await sendSms('₹ second, see https://example.test/wallet.')
    const { text } = await page()
    expect(text).toMatch(/first[\s\S]*1 segment, GSM-7[\s\S]*₹ second[\s\S]*1\s+segment, UCS-2/)
    expect(text).toContain('href="https://example.test/wallet"')
  })

  it('filters by address and by text, newest first', async () => {
    await sendMail('x', 'asha@example.test', 'Older')
    await sendMail('x', 'ravi@example.test', 'Newer')
    const { text } = await page()
    expect(text.indexOf('Newer')).toBeLessThan(text.indexOf('Older'))
    expect((await page('?q=ASHA')).text).not.toContain('ravi@example.test')
    expect((await page('?q=nothing')).text).toContain('Nothing matches.')
  })

  it('sets and clears fault rules, and moves the clock', async () => {
    const rule = { fault: 'twilio rate-limited', times: '2', seconds: '' }
    expect((await submit('/faults', rule)).status).toBe(303)
    expect(await simulator.control('/faults')).toEqual({
      faults: [{ provider: 'twilio', fault: 'rate-limited', times: 2 }],
    })
    expect((await page()).text).toMatch(/Twilio<\/b> rate limited[\s\S]*2 left/)
    await submit('/faults/clear', {})
    expect(await simulator.control('/faults')).toEqual({ faults: [] })
    await simulator.control('/clock', { now: '2027-01-01T00:00:00Z', isTicking: false })
    await submit('/clock', { advanceMs: '3600000' })
    expect(await simulator.control('/clock')).toMatchObject({ now: '2027-01-01T01:00:00.000Z' })
  })

  it('sends a report, and shows a notice when no webhook is set', async () => {
    await sendMail('x')
    const { messages } = await simulator.control<{ messages: { id: string }[] }>('/messages')
    const key = `sendgrid/${messages[0]?.id ?? ''}/asha@example.test`
    const nowhere = await submit('/deliver', { key, status: 'delivered' })
    expect(nowhere.headers.get('location')).toContain('notice=No+webhook')

    const receiver = await startReceiver()
    await simulator.control('/webhooks', { sendgrid: { url: receiver.url } })
    const { headers } = await submit('/deliver', { key, status: 'delivered' })
    expect(receiver.posts).toHaveLength(1)
    expect((await page((headers.get('location') ?? '').slice(1))).text).toContain('is-delivered')
    receiver.close()
  })
})
