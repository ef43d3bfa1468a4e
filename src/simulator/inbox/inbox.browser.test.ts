import type { Browser } from 'playwright-core'

import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { openBrowser, openWindow } from '../../../test/support/browser/openBrowser.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

describe('the inbox in a browser', () => {
  const simulator = useSimulator()
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  const sendMail = (subject: string) =>
    simulator.post(
      '/sendgrid/v3/mail/send',
      {
        from: { email: 'a@example.test' },
        personalizations: [{ to: [{ email: 'asha@example.test' }] }],
        subject,
        content: [
          { type: 'text/plain', value: 'Hello' },
          {
            type: 'text/html',
            value: `<body style="margin:0"><script>parent.document.title = 'taken'</script>
              <p style="margin:0;height:700px">Hello</p></body>`,
          },
        ],
      },
      { authorization: 'Bearer any' },
    )

  it.each(chooseLooks())(
    'shows new messages without a reload: %s, %i wide',
    async (theme, width) => {
      const { complaints, page, picture } = await openWindow(browser, {
        baseUrl: simulator.url(),
        theme,
        width,
      })
      await sendMail('The first')
      await page.goto('/')
      await page.locator('#list').getByText('The first').waitFor()
      await page.fill('input[name=times]', '5')
      await sendMail('The second')
      await page.locator('#list').getByText('The second').waitFor()
      expect(await page.inputValue('input[name=times]')).toBe('5')

      await page.locator('#list').getByText('The first').click()
      const frame = page.locator('iframe.mail')
      await frame.waitFor()
      await page.waitForFunction(() => document.querySelector('iframe')?.clientHeight === 700)
      await picture('simulator-inbox')
      expect(await page.title()).toBe('Inbox of the provider simulator')
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBe(0)
      // The browser complains about the mail's own script, which the frame blocks.
      expect(complaints.filter((each) => !each.includes('script'))).toEqual([])
    },
  )
})
