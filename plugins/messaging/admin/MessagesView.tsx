import type { AdminViewServerProps } from 'payload'

import { Blank } from '../../../src/admin/layout/Blank.tsx'
import { templates } from '../../../src/messaging/templates/index.ts'
import { AdminView } from '../../adminViews/AdminView.tsx'
import { parseMessageChoice, messageHref } from './parseMessageChoice.ts'
import { MessagePreview } from './MessagePreview.tsx'
import { TemplateList } from './TemplateList.tsx'

/** `/admin/messages`: a preview of every message to members. The choice is in the URL. */
export const MessagesView = (view: AdminViewServerProps) => {
  const { req } = view.initPageResult
  const choice = parseMessageChoice(view.searchParams ?? {})
  const template = templates.find(({ name }) => name === choice.template)
  const page = `${req.payload.config.routes.admin}/messages`
  return (
    <AdminView label="Messages" path={messageHref('/messages', choice)} view={view}>
      <h1>Messages</h1>
      <p className="t-view__lede">Every message to members, in each channel, with example data.</p>
      <div className="t-messages__cols">
        <TemplateList choice={choice} page={page} />
        {template ? (
          <MessagePreview choice={choice} page={page} req={req} template={template} />
        ) : (
          <Blank title="No such message">
            The link names a message that does not exist. Choose another.
          </Blank>
        )}
      </div>
    </AdminView>
  )
}
