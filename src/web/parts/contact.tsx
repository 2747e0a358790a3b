import { Icon } from './icons.tsx'
import type { Look } from './look.ts'

/** Whom to call, when, under which number. */
export function ContactBox({ look }: { look: Look }) {
  const { contact, name } = look.bank
  return (
    <div class="contact">
      <p class="contact__heading">{look.words.contactHeading}</p>
      <p>
        {name}
        <br />
        {contact.department}
      </p>
      <p class="contact__phone">
        <Icon name="phone" />
        <PhoneLink phone={contact.phone} />
      </p>
      <p>{look.words.labelled(look.words.contactHours, contact.hours)}</p>
      {contact.emergencyPhone && (
        <>
          <p>{look.words.contactEmergency}</p>
          <p class="contact__phone">
            <Icon name="phone" />
            <PhoneLink phone={contact.emergencyPhone} />
          </p>
        </>
      )}
    </div>
  )
}

/** A number to tap. Only its digits go into the address, however it is written. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a class="phone" href={`tel:${phone.replace(/\D/g, '')}`}>
      {phone}
    </a>
  )
}
