/** What was recorded is read in order, and nothing that commits late is skipped. */
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BankEvent } from '../../../src/bank/event.ts'
import type { EventReading, RecordedEvent } from '../../../src/bank/event-reading.ts'
import type { Ports } from '../../../src/bank/ports.ts'
import { verify } from '../../../src/bank/procedures/verification.ts'
import { storeOn } from '../../../src/store/store.ts'
import { codeAt, wrongCode } from '../../bank/held-token.ts'
import {
  atOnce,
  MORNING_MS,
  openTestBank,
  request,
  requestOf,
  type TestBank,
} from '../../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

let made = 0
function eventOf(bankCode: string, wish: Partial<BankEvent> = {}): BankEvent {
  made += 1
  return {
    id: `event ${made}`,
    bankCode,
    atMs: MORNING_MS,
    actor: { kind: 'system', id: 'test' },
    kind: 'test',
    outcome: 'done',
    requestId: 'request of a test',
    ...wish,
  }
}
const append = async (bankCode: string, wish: Partial<BankEvent> = {}) => {
  const event = eventOf(bankCode, wish)
  await bank.ports.store.tables.journal.append(event)
  return event.id
}
const idsOf = (events: readonly RecordedEvent[]) => events.map(({ id }) => id)

/** Follows the events of a bank as a channel does: always on from the last one. */
function follower(bankCode: string, events: EventReading) {
  const seen: RecordedEvent[] = []
  const look = async () => {
    const page = await events.after(bankCode, seen.at(-1)?.seq ?? 0, 7)
    seen.push(...page.events)
    return page
  }
  return {
    seen,
    look,
    /** Other test files write to the same server: theirs may hold the horizon back for a moment. */
    async until(isEnough: () => boolean) {
      for (let round = 0; round < 400 && !isEnough(); round += 1) await look()
    },
  }
}

/** A transaction that is left open, with what it has written. */
async function slowTransaction(work: (client: PoolClient) => Promise<unknown>) {
  const client = await bank.pool.connect()
  await client.query('begin')
  await work(client)
  return async (end: 'commit' | 'rollback') => {
    await client.query(end)
    client.release()
  }
}
const insert = (client: PoolClient, { bankCode, id, kind }: BankEvent) =>
  client.query(
    `insert into event (bank_code, id, at, actor_kind, actor_id, kind, outcome, request_id)
     values ($1, $2, now(), 'system', 'test', $3, 'done', 'x')`,
    [bankCode, id, kind],
  )

describe('in order', () => {
  test('of one bank, page after page, with nothing left out', async () => {
    const ids: string[] = []
    for (let count = 0; count < 20; count += 1) {
      ids.push(await append('7001'))
      await append('7002')
    }
    const { seen, until, look } = follower('7001', bank.ports.store.events)
    await until(() => seen.length >= 20)
    expect(idsOf(seen)).toEqual(ids)
    expect(await look()).toEqual({ events: [], more: false })
    const first = await bank.ports.store.events.after('7001', 0, 19)
    expect([first.events.length, first.more]).toEqual([19, true])
    const last = await bank.ports.store.events.after('7001', 0, 20)
    expect([last.events.length, last.more]).toEqual([20, false])
  })

  test('an event comes back as it was recorded', async () => {
    const event = eventOf('7003', {
      contractId: 'T0000009',
      serial: 'GM1',
      receiptNo: '77',
      outcome: 'wrong-code',
      detail: { purpose: 'login', amountYen: 5, again: true },
    })
    await bank.ports.store.tables.journal.append(event)
    const { seen, until } = follower('7003', bank.ports.store.events)
    await until(() => seen.length > 0)
    expect(seen).toEqual([{ ...event, seq: expect.any(Number) }])
  })
})

describe('a slow transaction', () => {
  test.each(['commit', 'rollback'] as const)(
    'holds back what came after it until its %s, and is not skipped',
    async (end) => {
      const bankCode = end === 'commit' ? '7011' : '7012'
      const before = await append(bankCode)
      const { seen, until, look } = follower(bankCode, bank.ports.store.events)
      await until(() => seen.length > 0)
      expect(idsOf(seen)).toEqual([before])
      const slow = eventOf(bankCode)
      const finish = await slowTransaction((client) => insert(client, slow))
      const after = [await append(bankCode), await append(bankCode)]
      for (let round = 0; round < 3; round += 1) expect((await look()).events).toEqual([])
      // Another process, which has seen nothing yet, shows no more than that either.
      const { events } = await storeOn(bank.another().pool).events.after(bankCode, 0, 10)
      expect(idsOf(events).filter((id) => id !== before)).toEqual([])
      await finish(end)
      await until(() => seen.length >= (end === 'commit' ? 4 : 3))
      expect(idsOf(seen)).toEqual([before, ...(end === 'commit' ? [slow.id] : []), ...after])
    },
  )

  test('that has only written elsewhere holds back as well: whether it has drawn a number, nobody knows', async () => {
    const finish = await slowTransaction((client) => client.query('select pg_current_xact_id()'))
    const { seen, until, look } = follower('7013', bank.ports.store.events)
    const id = await append('7013')
    await look()
    expect(seen).toEqual([])
    await finish('commit')
    await until(() => seen.length > 0)
    expect(idsOf(seen)).toEqual([id])
  })

  test('in a savepoint, as refused acts are recorded, is waited for as well', async () => {
    const slow = eventOf('7014')
    const finish = await slowTransaction(async (client) => {
      await client.query('savepoint act')
      await insert(client, slow)
      await client.query('release savepoint act')
    })
    const id = await append('7014')
    const { seen, until, look } = follower('7014', bank.ports.store.events)
    await look()
    expect(seen).toEqual([])
    await finish('commit')
    await until(() => seen.length >= 2)
    expect(idsOf(seen)).toEqual([slow.id, id])
  })

  test('that has drawn its number and written nothing yet is waited for as well', async () => {
    // A trigger stops the insert between the two, where only a stalled process would stop it.
    await bank.pool.query(`
      create function pause() returns trigger language plpgsql as
        'begin perform pg_advisory_xact_lock(4711); return new; end';
      create trigger pause before insert on event
        for each row when (new.kind = 'paused') execute function pause()`)
    const gate = await slowTransaction((client) =>
      client.query('select pg_advisory_xact_lock(4711)'),
    )
    // Numbers are logged by the dozen, and the one who logs them has an ID by that: not the next.
    for (let count = 0; count < 3; count += 1) await append('7015')
    const slow = eventOf('7015', { kind: 'paused' })
    const paused = bank.ports.store.tables.journal.append(slow)
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`
    while ((await bank.pool.query(waiting)).rowCount === 0);
    const id = await append('7015')
    const { seen, until, look } = follower('7015', bank.ports.store.events)
    for (let round = 0; round < 3; round += 1) await look()
    expect(idsOf(seen)).not.toContain(id)
    await gate('commit')
    await paused
    await until(() => seen.length >= 5)
    expect(idsOf(seen).slice(-2)).toEqual([slow.id, id])
  })

  test('among many: whoever follows sees each event once, in order', async () => {
    const committed: string[] = []
    const write = async (place: number) => {
      for (let count = 0; count < 15; count += 1) {
        const event = eventOf('7016')
        const finish = await slowTransaction((client) => insert(client, event))
        await new Promise((resolve) => setTimeout(resolve, (place * count) % 7))
        const end = (place + count) % 5 === 0 ? 'rollback' : 'commit'
        if (end === 'commit') committed.push(event.id)
        await finish(end)
      }
    }
    const followers = [
      follower('7016', bank.ports.store.events),
      follower('7016', storeOn(bank.another().pool).events),
    ]
    let writing = true
    const following = followers.map(async ({ look }) => {
      while (writing) await look()
    })
    await atOnce(6, write)
    writing = false
    await Promise.all(following)
    for (const { seen, until } of followers) {
      await until(() => seen.length >= committed.length)
      const seqs = seen.map(({ seq }) => seq)
      expect(seqs).toEqual([...seqs].sort((one, other) => one - other))
      expect(idsOf(seen).sort()).toEqual([...committed].sort())
    }
  })
})

describe('by subject', () => {
  const { bankCode } = request.bank
  const asked = (ports: Ports, contractId: string, otp: string) => {
    const by = { ...request, actor: { kind: 'api', id: 'test' } } as const
    return verify(ports, by, { contractId, otp, purpose: 'other' })
  }

  test('of a contract, newest first; codes accepted by channels on a way of their own', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const { contractId } = customer
    const { events } = bank.ports.store
    await append(bankCode, { contractId, kind: 'login' })
    await asked(bank.ports, contractId, codeAt(token, MORNING_MS))
    await asked(bank.ports, contractId, wrongCode(token, MORNING_MS))
    await append(bankCode, { contractId, kind: 'transfer' })
    const history = await events.ofContract(bankCode, contractId, 10)
    const told = (found: readonly RecordedEvent[]) =>
      found.map(({ kind, outcome }) => `${kind} ${outcome}`)
    expect(told(history)).toEqual(['transfer done', 'verification wrong-code', 'login done'])
    const [newest, second] = history
    expect(await events.ofContract(bankCode, contractId, 1, newest?.seq)).toEqual([second])
    expect(await events.ofContract('1181', contractId, 10)).toEqual([])

    const accepted = await events.acceptedByChannels(bankCode, contractId, 1_000)
    expect([told(accepted.events), accepted.lookedBackTo]).toEqual([
      ['verification done'],
      undefined,
    ])
    // Looking through two at a time, it is found on the second page and not on the first.
    const page = await events.acceptedByChannels(bankCode, contractId, 2)
    expect([page.events, page.lookedBackTo]).toEqual([[], history[1]?.seq])
    const next = await events.acceptedByChannels(bankCode, contractId, 2, page.lookedBackTo)
    expect([told(next.events), next.lookedBackTo]).toEqual([['verification done'], history[2]?.seq])
  })

  test('of a serial: acts and attempts, whichever contract', async () => {
    const token = await bank.makeToken()
    const { serial } = token
    const { contractId } = await bank.open({ token })
    await append(bankCode, { contractId, serial, kind: 'otp-start' })
    await asked(bank.ports, contractId, codeAt(token, MORNING_MS))
    await append(bankCode, { contractId: 'T9999999', serial, kind: 'otp-exchange' })
    const found = await bank.ports.store.events.bySerial(bankCode, serial, 10)
    expect(found.map(({ kind }) => kind)).toEqual(['otp-exchange', 'otp-start'])
    const [newest] = found
    const rest = await bank.ports.store.events.bySerial(bankCode, serial, 10, newest?.seq)
    expect(rest.map(({ kind }) => kind)).toEqual(['otp-start'])
  })

  test('of a receipt number: what the customer was told under it', async () => {
    const customer = await bank.open()
    const { contractId } = customer
    const { journal } = bank.ports.store.tables
    const receiptNo = await journal.nextReceiptNo()
    const procedure = 'freeze'
    const { actor } = requestOf(customer)
    const event = eventOf(bankCode, { contractId, receiptNo, kind: procedure, actor })
    const receipt = { bankCode, receiptNo, contractId, procedure, receivedAtMs: 0 }
    await journal.record(event, receipt, [])
    await append(bankCode, { contractId })
    const { events } = bank.ports.store
    expect(idsOf(await events.byReceipt(bankCode, receiptNo))).toEqual([event.id])
    for (const other of ['999999', '', 'x', '9'.repeat(40), '\u0000']) {
      expect(await events.byReceipt(bankCode, other)).toEqual([])
    }
    expect(await events.byReceipt('1181', receiptNo)).toEqual([])
  })
})
