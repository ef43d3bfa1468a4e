import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import { templates } from '../../../src/messaging/templates/index.ts'
import { channelsIn } from './channelsIn.ts'
import { type MessageChoice, messageHref } from './parseMessageChoice.ts'

/** All templates. A choice keeps the language. */
export const TemplateList = ({ choice, page }: { choice: MessageChoice; page: string }) => (
  <nav aria-label="Messages to choose from" className="t-templates">
    {templates.map((template) => (
      <AdminLink
        current={template.name === choice.template}
        href={messageHref(page, { ...choice, template: template.name })}
        key={template.name}
      >
        {labelOf(template.name)}
        <span className="t-sub">
          {labelOf(template.category)} · {labelOf(template.lane)} ·{' '}
          {channelsIn(template).map(channelName).join(', ')}
        </span>
      </AdminLink>
    ))}
  </nav>
)
