import type { MessageText } from '../../bank/notice.ts'

/** A mail as the customer gets it. */
export const MailSample = ({ text }: { text: MessageText }) => (
  <article class="mail">
    <h3>{text.subject}</h3>
    <pre class="mail__body" data-field="body">
      {text.body}
    </pre>
  </article>
)
