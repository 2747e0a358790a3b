import { type Action, ActionList } from '../parts/action-list.tsx'
import { type CustomerVisit, show } from './visit.tsx'

/** 設定: the way to everything that customers change of their own contract. */
export function settingsPage(visit: CustomerVisit) {
  const { paths } = visit
  const { settings, login } = visit.words.account
  const action = (href: string, [label, description]: readonly string[]): Action => ({
    href,
    label: label ?? '',
    description,
  })
  return show(visit, {
    title: settings.title,
    customer: visit,
    children: (
      <>
        <ActionList
          label={settings.title}
          items={[
            ...(visit.contract.token ? [action(paths.otpAtLogin, settings.otpAtLogin)] : []),
            action(paths.password, settings.password),
            action(paths.mail, settings.mail),
            action(paths.settingsLimit, settings.limit),
          ]}
        />
        <h2>{settings.emergency}</h2>
        <ActionList label={settings.emergency} items={[action(paths.freeze, login.freeze)]} />
      </>
    ),
  })
}
