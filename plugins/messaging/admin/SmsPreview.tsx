import { formatCount } from '../../../src/admin/format/counts.ts'
import { Facts } from '../../../src/admin/layout/Facts.tsx'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { countSegments } from '../../../src/messaging/sms/countSegments.ts'
import type { Locale } from '../../../src/messaging/types.ts'

const ENCODINGS = { gsm: 'GSM-7', ucs2: 'UCS-2' }
const ROOM = {
  gsm: '160 fit in one segment, 153 in each of several.',
  ucs2: 'A character outside the GSM alphabet makes it UCS-2: 70 fit in one segment, 67 in each of several.',
}

/** An SMS, and the number of segments that are billed. */
export const SmsPreview = ({ locale, text }: { locale: Locale; text: string }) => {
  const { alphabet, segments, units } = countSegments(text)
  return (
    <Panel title="SMS">
      <p className="t-quote t-sms" lang={locale}>
        {text}
      </p>
      <Facts
        facts={[
          { name: 'Length', value: `${formatCount(units)} characters` },
          { name: 'Encoding', value: ENCODINGS[alphabet] },
          { name: 'Segments', value: formatCount(segments) },
        ]}
      />
      <p className="t-foot">{ROOM[alphabet]}</p>
    </Panel>
  )
}
