import { describe, expect, test } from 'vitest'
import { AccountCard, Balance } from '../../src/web/parts/accounts.tsx'
import { ActionList } from '../../src/web/parts/action-list.tsx'
import { CustomerCard } from '../../src/web/parts/cards.tsx'
import { ConfirmationFields } from '../../src/web/parts/confirmation.tsx'
import { ContactBox } from '../../src/web/parts/contact.tsx'
import { Facts, Receipt } from '../../src/web/parts/facts.tsx'
import {
  CodeField,
  PasswordField,
  RadioGroup,
  SelectField,
  TextField,
} from '../../src/web/parts/fields.tsx'
import { Form } from '../../src/web/parts/form.tsx'
import type { Look } from '../../src/web/parts/look.ts'
import { Notice, RefusalBanner } from '../../src/web/parts/messages.tsx'
import { Operation } from '../../src/web/parts/operation.tsx'
import { Page } from '../../src/web/parts/page.tsx'
import { Table } from '../../src/web/parts/table.tsx'
import { parts } from '../../src/web/words/ja/parts.ts'
import { all, look, main, page } from './rendered.tsx'

/** Every part once, with the given text wherever a part takes one. */
function everyPart(text: string) {
  const contact = { department: text, phone: text, hours: text }
  const hostileLook: Look = { ...look, bank: { name: text, contact } }
  const links = [{ href: text, label: text }]
  const option = { value: text, label: text, hint: text, group: text }
  return String(
    <Page
      look={hostileLook}
      title={text}
      signedIn={{ name: text, csrf: text, links }}
      steps={{ labels: [text, text], current: 2 }}
    >
      <RefusalBanner refusal="wrong-code" heading={text} wayOut={text} field={text} contact />
      <Form
        action={text}
        csrf={text}
        draft={text}
        submit={text}
        secondary={{ href: text, label: text }}
      >
        <Operation name={text} lines={[{ label: text, value: text }]} />
        <TextField
          name={`${text}1`}
          label={text}
          hint={text}
          value={text}
          error={text}
          suffix={text}
          autoComplete={text}
          required
        />
        <PasswordField name={`${text}2`} label={text} hint={text} error={text} />
        <CodeField name={`${text}3`} label={text} hint={text} error={text} />
        <RadioGroup name={`${text}4`} legend={text} options={[option]} value={text} error={text} />
        <SelectField name={`${text}5`} label={text} options={[option]} value={text} error={text} />
        <ConfirmationFields
          challenge={{ kind: 'image-card', positions: [1], choices: [text, 'apple'] }}
          errors={{ image1: text }}
        />
      </Form>
      <Receipt
        heading={text}
        receiptNo={text}
        receivedAt={new Date(0)}
        facts={[{ field: text, label: text, value: text, dataValue: text, large: true }]}
      />
      <AccountCard
        name={text}
        branchName={text}
        branchCode={text}
        accountNumber={text}
        balanceYen={1}
        links={links}
      />
      <Table
        caption={text}
        columns={[{ label: text, numeric: true }]}
        rows={[[text], [{ content: text, field: text, dataValue: text }]]}
      />
      <Table caption={text} columns={[]} rows={[]} empty={text} />
      <Notice kind="warning" heading={text}>
        {text}
      </Notice>
      <ContactBox look={hostileLook} />
      <ActionList label={text} items={[{ href: text, label: text, description: text }]} />
      <CustomerCard cells={[text]} />
    </Page>,
  )
}

describe('every part', () => {
  test('escapes what it is given, in texts and in attributes', () => {
    const html = everyPart(`"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;`)
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('&amp;amp;')
    // As many tags as with a harmless text: nothing broke out of an attribute.
    expect(html.split('<').length).toBe(everyPart('x').split('<').length)
    expect(html.split('"').length).toBe(everyPart('x').split('"').length)
  })

  test('brings no inline style, no event handler and no script', () => {
    const html = everyPart('x')
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+=|<script|<style/)
  })

  test('has its own id, and what it refers to is there', () => {
    const html = everyPart('x')
    const ids = all(html, /\sid="([^"]*)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    const references = [
      ...all(html, /\s(?:for|aria-labelledby)="([^"]*)"/g),
      ...all(html, /\saria-describedby="([^"]*)"/g).flatMap((list) => list?.split(' ')),
    ]
    for (const id of references) expect(ids).toContain(id)
  })

  test('says so when it stands outside a page', () => {
    expect(() => String(<Form action="/" csrf="c" />)).toThrow('outside <Page>')
  })

  test('finds the look also under an asynchronous parent', async () => {
    const Late = async () => <CodeField name="otp" label="ワンタイムパスワード" required />
    const document = await (
      <Page look={look} title="題">
        <Late />
      </Page>
    ).toString()
    expect(String(document)).toContain(parts.required)
  })
})

describe('Page', () => {
  test('is one document with one h1, a skip link and the words of the bank', () => {
    const html = page('中身')
    expect(html).toMatch(/^<!DOCTYPE html><html lang="ja">/)
    expect(all(html, /<(h1)>/g)).toHaveLength(1)
    expect(html).toContain('<title>題｜白河信用金庫</title>')
    expect(html).toMatch(/<body><a class="skip" href="#main">/)
    expect(html).toContain('href="tel:0248234513"')
  })

  test('logs out by POST with the CSRF token, only when signed in', () => {
    expect(page('')).not.toContain('/1184/logout')
    const html = String(<Page look={look} title="題" signedIn={{ name: '花子', csrf: 'token' }} />)
    expect(html).toMatch(/method="post" action="\/1184\/logout".*name="csrf" value="token"/)
  })

  test('marks the current step and no other', () => {
    const html = String(<Page look={look} title="題" steps={{ labels: ['a', 'b'], current: 2 }} />)
    expect(all(html, /<li class="step step--([a-z-]+)"/g)).toEqual(['done', 'now'])
    expect(all(html, /(aria-current)/g)).toHaveLength(1)
  })
})

describe('fields', () => {
  test('tie label, hint and error to the input', () => {
    const html = main(<TextField name="serial" label="番号" hint="裏面" error="違います" />)
    expect(html).toContain('<label class="field__label" for="field-serial">')
    expect(html).toMatch(/<input[^>]*id="field-serial"[^>]*aria-invalid="true"/)
    expect(html).toContain('aria-describedby="field-serial-hint field-serial-error"')
  })

  test('without an error are not invalid', () => {
    expect(main(<TextField name="serial" label="番号" />)).not.toMatch(/aria-(invalid|described)/)
  })

  test('a code may be typed as an IME writes it', () => {
    const html = main(<CodeField name="otp" label="コード" digits={8} />)
    expect(html).toMatch(/inputmode="numeric" autocomplete="one-time-code"/)
    expect(html).not.toMatch(/pattern=|maxlength=|type="number"/)
  })

  test('a password is never sent back', () => {
    expect(main(<PasswordField name="p" label="パスワード" />)).not.toContain('value=')
  })

  test('choices keep what was chosen, and options stand in their groups', () => {
    const options = [
      { value: 'a', label: 'あ', group: '甲' },
      { value: 'b', label: 'い', group: '甲' },
      { value: 'c', label: 'う' },
    ]
    const select = main(<SelectField name="s" label="選択" options={options} value="b" />)
    expect(all(select, /<optgroup label="([^"]*)"/g)).toEqual(['甲'])
    expect(all(select, /<option value="([^"]*)" selected/g)).toEqual(['b'])
    const radios = main(<RadioGroup name="r" legend="選択" options={options} value="c" />)
    expect(all(radios, /value="([^"]*)" checked/g)).toEqual(['c'])
    expect(radios).toContain('id="field-r"')
  })

  test('a form sends the token and the draft back', () => {
    const html = main(<Form action="/to" csrf="t" draft="d" />)
    expect(html).toMatch(/<form[^>]* method="post" action="\/to">/)
    expect(html).toContain('<input type="hidden" name="csrf" value="t"/>')
    expect(html).toContain('<input type="hidden" name="draft" value="d"/>')
    expect(main(<Form action="/to" csrf="t" />)).not.toContain('draft')
  })
})

describe('refusals', () => {
  test('are one alert with their code and a way to the field', () => {
    const html = page(
      <RefusalBanner
        refusal="wrong-code"
        heading="違います"
        wayOut="次を待つ"
        field="otp"
        contact
      />,
    )
    expect(all(html, /(role="alert")/g)).toHaveLength(1)
    expect(html).toContain('role="alert" data-refusal="wrong-code"')
    expect(html).toContain('href="#field-otp"')
    expect(main(<Notice kind="warning">注意</Notice>)).not.toContain('role="alert"')
  })
})

describe('confirmation methods', () => {
  test('ask the positions of a confirmation password', () => {
    const challenge = { kind: 'confirmation-password', positions: [2, 5] } as const
    const html = main(<ConfirmationFields challenge={challenge} errors={{ confirm2: '違う' }} />)
    expect(all(html, /name="(\w+)"/g)).toEqual(['confirm1', 'confirm2'])
    expect(all(html, /data-position="(\d+)"/g)).toEqual(['2', '5'])
    expect(html).toContain('aria-describedby="field-confirm2-error"')
    expect(html).toContain(parts.confirmation.neverMore(2))
    expect(html).not.toMatch(/カード|絵/)
  })

  test('ask the positions of a customer card', () => {
    const challenge = { kind: 'customer-card', positions: [3, 7, 12, 18] } as const
    const html = main(<ConfirmationFields challenge={challenge} />)
    expect(all(html, /name="(\w+)"/g)).toEqual(['card1', 'card2', 'card3', 'card4'])
    expect(all(html, /data-position="(\d+)"/g)).toEqual(['3', '7', '12', '18'])
    expect(html).not.toMatch(/資金移動用|画像/)
  })

  test('ask for pictures by radio groups, each picture with its word', () => {
    const challenge = { kind: 'image-card', positions: [4, 11], choices: ['cat', 'key'] } as const
    const html = main(<ConfirmationFields challenge={challenge} />)
    expect(all(html, /<fieldset class="pictures" data-position="(\d+)"/g)).toEqual(['4', '11'])
    expect(all(html, /name="(\w+)" value="\w+"/g)).toEqual([
      ...['image1', 'image1'],
      ...['image2', 'image2'],
    ])
    expect(all(html, /value="(\w+)"/g)).toEqual(['cat', 'key', 'cat', 'key'])
    expect(all(html, /picture__word">([^<]*)</g)).toEqual(['ねこ', 'かぎ', 'ねこ', 'かぎ'])
  })
})

describe('values for machines', () => {
  test('a result carries its fields', () => {
    const facts = [{ field: 'amount', label: '金額', value: '8,400円', dataValue: '8400' }]
    const at = new Date('2026-11-22T01:35:25Z')
    const html = main(<Receipt heading="完了" receiptNo="1" receivedAt={at} facts={facts} />)
    expect(all(html, /data-field="(\w+)"/g)).toEqual(['receiptNo', 'receivedAt', 'amount'])
    expect(html).toContain('data-value="2026-11-22T01:35:25.000Z">2026年11月22日 10:35:25<')
    expect(html).toContain('data-field="amount" data-value="8400">8,400円<')
    expect(main(<Facts items={[{ field: 'a', label: 'b', value: 'c' }]} />)).not.toMatch(/-value/)
  })

  test('an account carries number, branch and plain balance', () => {
    const html = main(
      <AccountCard
        name="普通預金"
        branchName="本店"
        branchCode="001"
        accountNumber="0000011"
        balanceYen={1_000_000}
      />,
    )
    expect(html).toContain('data-field="accountNumber" data-value="0000011"')
    expect(html).toContain('data-field="branchCode" data-value="001"')
    expect(html).toContain('data-field="balance" data-value="1000000">1,000,000<')
    expect(main(<Balance value={-5} field="balance" />)).toContain('data-value="-5"')
  })

  test('a table cell names its column for phones', () => {
    const html = main(<Table caption="c" columns={[{ label: '金額' }]} rows={[['1円']]} />)
    expect(html).toContain('<td data-label="金額"><span>1円</span></td>')
  })
})
