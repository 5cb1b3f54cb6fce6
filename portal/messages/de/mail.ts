import type { mail as english } from '../en/mail.ts';

/** Mails in German. What stands on a page is named as it stands there. */
export const mail: Record<keyof typeof english, string> = {
  'mail.associated.subject': '{site}: neue System ID zugeordnet',
  'mail.associated.text':
    '{by}, {organisation}, hat am {at} die neue System ID {newShortId} der Registrierung von {site} zugeordnet.{reason} Die alte System ID {oldShortId} ist stillgelegt. Sonst hat sich nichts geändert. Sie müssen nichts tun.',
  'mail.associated.first':
    '{by}, {organisation}, hat am {at} die System ID {newShortId} der Registrierung von {site} zugeordnet. Sonst hat sich nichts geändert. Sie müssen nichts tun.',
  'mail.associated.undo': 'Ein Irrtum? Bis {undoUntil} lässt es sich rückgängig machen:',
  'mail.claimed.subject': '{site}: neue System ID zugeordnet',
  'mail.claimed.text':
    '{by}, {organisation}, hat am {at} die neue System ID {newShortId} der Registrierung von {site} zugeordnet.{reason} Die alte System ID {oldShortId} gilt weiter, bis die Anlage es bestätigt. Sonst hat sich nichts geändert. Sie müssen nichts tun.',
  'mail.claimed.first':
    '{by}, {organisation}, hat am {at} die System ID {newShortId} der Registrierung von {site} zugeordnet. Sie gilt, sobald die Anlage es bestätigt. Sie müssen nichts tun.',
  'mail.claimed.undo': 'Ein Irrtum? Nehmen Sie es zurück:',
  'mail.proven.subject': '{site}: die Anlage hat ihre System ID bestätigt',
  'mail.proven.text':
    'Die Anlage selbst hat am {at} bestätigt, dass sie zu {site} gehört. Ihre System ID {newShortId} gilt jetzt.',
  'mail.proven.by': '{by}, {organisation}, hat den Bestätigungscode eingegeben, den die Anlage angezeigt hat.',
  'mail.proven.retired': 'Die alte System ID {oldShortId} ist stillgelegt.',
  'mail.claim-ended.subject': '{site}: eine andere Registrierung wurde zuerst bestätigt',
  'mail.claim-ended.text':
    '{newShortId} hat am {at} eine andere Registrierung bestätigt. Ihr Anspruch auf diese System ID ist damit beendet. Sonst wurde bei Ihnen nichts geändert.',
  'mail.claim-withdrawn.subject': '{site}: ein Anspruch wurde zurückgenommen',
  'mail.claim-withdrawn.text':
    '{by}, {organisation}, hat am {at} den Anspruch von {site} auf die System ID {newShortId} zurückgenommen. Sonst hat sich nichts geändert.',
  'mail.undone.subject': '{site}: eine Zuordnung wurde rückgängig gemacht',
  'mail.undone.text':
    '{by}, {organisation}, hat am {at} die Zuordnung von {site} zur System ID {newShortId} rückgängig gemacht. Die System ID davor gilt wieder.',
  'mail.merged.subject': '{site}: zwei Registrierungen wurden zusammengeführt',
  'mail.merged.text':
    '{by}, {organisation}, hat am {at} die Registrierung {freshRegistration} mit {site} zusammengeführt. {site} behält Nummer und Angaben und hat die System ID {newShortId}.',
  'mail.prepared.subject': '{site}: Registrierung vorbereitet',
  'mail.prepared.text':
    '{by}, {organisation}, hat am {at} die Registrierung von {site} vorbereitet. Sie hat noch keine System ID. Sie müssen nichts tun.',
  'mail.prepared-several.subject': '{site} und andere: Registrierungen vorbereitet',
  'mail.prepared-several.text':
    '{by}, {organisation}, hat am {at} {count} Registrierungen vorbereitet, als erste {site}. Sie haben noch keine System ID. Sie müssen nichts tun.',
  'mail.prepared-several.see': 'Das wurde vorbereitet:',
  'mail.registered.subject': '{site}: registriert',
  'mail.registered.text': '{by}, {organisation}, hat {site} am {at} mit der System ID {newShortId} registriert.',
  'mail.registered-provisionally.subject': '{site}: registriert, von der Anlage noch nicht bestätigt',
  'mail.registered-provisionally.text':
    '{by}, {organisation}, hat {site} am {at} registriert. Die Anlage selbst hat die System ID {newShortId} noch nicht bestätigt. Die Registrierung endet dadurch nicht.',
  'mail.claim-waits.subject': '{site}: von der Anlage noch nicht bestätigt',
  'mail.claim-waits.text':
    'Am {at} erhielt {site} die System ID {newShortId}. Die Anlage selbst hat das noch nicht bestätigt. Geben Sie den Bestätigungscode ein, den der Server anzeigt, oder nehmen Sie den Anspruch zurück, falls er ein Irrtum war. Von selbst endet nichts.',
  'mail.registration-code.subject': '{site}: Registrierungscode',
  'mail.registration-code.text':
    'Sie haben den Registrierungscode von {site} angefordert. Er gilt für den Server mit der Kurz-ID {newShortId} und für keinen anderen:',
  'mail.registration-code.enter':
    'Geben Sie ihn am Server unter „Registering your system offline“ ein. Kleinbuchstaben sind erlaubt. 0 und O, 1 und I sind dasselbe.',
  'mail.registration-code.link': 'Der Server zeigt dann einen Bestätigungscode. Geben Sie ihn hier ein:',
  'mail.edited.subject': '{site}: Registrierung geändert',
  'mail.edited.text': '{by}, {organisation}, hat am {at} die Registrierung von {site} geändert.',
  'mail.confirmed.subject': '{site}: Angaben vom Endkunden bestätigt',
  'mail.confirmed.text': '{by}, {organisation}, hat am {at} bestätigt, dass die Angaben zu {site} stimmen.',
  'mail.closed.subject': '{site}: Registrierung geschlossen',
  'mail.closed.text':
    '{by}, {organisation}, hat am {at} die Registrierung von {site} geschlossen. Ihr Verlauf bleibt erhalten.',
  'mail.conflict.subject': '{site}: zwei Anlagen geben sich für dieselbe aus',
  'mail.conflict.text':
    'Am {at} hat sich unter der System ID {newShortId} eine Anlage gemeldet, die vielleicht nicht die von {site} ist. Geändert wurde nichts. Sehen Sie es sich an und sagen Sie, welche die richtige ist.',
  'mail.conflict-settled.subject': '{site}: ein Konflikt wurde geklärt',
  'mail.conflict-settled.text': '{by}, {organisation}, hat am {at} den Konflikt um die System ID {newShortId} geklärt.',
  'mail.seat-asked.subject': '{site}: jemand bittet um einen Platz',
  'mail.seat-asked.text':
    '{by}, {organisation}, {email}, bittet um einen Platz in der Registrierung von {site} (System ID {shortId}). Von uns hat niemand etwas darüber erfahren. Wenn Sie einander kennen, laden Sie sie auf den freien Platz ein, oder antworten Sie per E-Mail. Wenn nicht, müssen Sie nichts tun.',
  'mail.merge-asked.subject': '{site}: jemand bittet Sie, zwei Registrierungen zusammenzuführen',
  'mail.merge-asked.text':
    '{by}, {organisation}, {email}, sagt, dass {site} (System ID {shortId}) schon früher registriert wurde. Wenn das stimmt, führen Sie beide zur älteren Registrierung zusammen.',

  'mail.invitation.subject': '{site}: Einladung',
  'mail.invitation.text':
    '{by}, {organisation}, lädt Sie ein, bei der Registrierung von {site} der {seat} zu sein. Sie können bis {until} annehmen.',
  'mail.invitation.link':
    'Sehen Sie sich die Einladung an. Melden Sie sich dort mit dieser Adresse an, oder legen Sie mit ihr ein Konto an:',
  'mail.invited-stranger':
    'Sie kennen die Absender nicht? Dann tun Sie nichts: ohne Sie ändert sich nichts. Solche Mails weiter bekommen, oder alle von uns abbestellen:',
  'mail.invited.subject': '{site}: jemand ist eingeladen',
  'mail.invited.text':
    '{by}, {organisation}, hat am {at} jemanden eingeladen, bei der Registrierung von {site} der {seat} zu sein. Sie müssen nichts tun.',
  'mail.invitation-withdrawn.subject': '{site}: eine Einladung wurde zurückgenommen',
  'mail.invitation-withdrawn.text':
    '{by}, {organisation}, hat am {at} die Einladung zurückgenommen, bei der Registrierung von {site} der {seat} zu sein.',
  'mail.invitation-refused.subject': '{site}: eine Einladung wurde abgelehnt',
  'mail.invitation-refused.text':
    'Wer eingeladen war, bei der Registrierung von {site} der {seat} zu sein, hat am {at} abgelehnt. Der Platz ist frei: Sie können jemand anderen einladen.',
  'mail.invitation-expired.subject': '{site}: eine Einladung ist abgelaufen',
  'mail.invitation-expired.text':
    'Niemand hat binnen 30 Tagen die Einladung angenommen, bei der Registrierung von {site} der {seat} zu sein. Der Platz ist frei: Sie können wieder einladen.',
  'mail.seat-taken.subject': '{site}: Einladung angenommen',
  'mail.seat-taken.text': '{by}, {organisation}, ist seit {at} der {seat} von {site}.',
  'mail.invitation-reminder.subject': '{site}: Ihre Einladung ist noch offen',
  'mail.invitation-reminder.text':
    '{by}, {organisation}, hat Sie am {at} gebeten, in der Registrierung von {site} den Platz ({seat}) zu übernehmen. Sie können bis {until} annehmen.',
  'mail.invitation-reminder.link':
    'Sehen Sie es sich an, und nehmen Sie an oder lehnen Sie ab. Melden Sie sich dort mit dieser Adresse an, oder legen Sie mit ihr ein Konto an:',
  'mail.hand-over.subject': '{site}: Ihnen wird ein Platz angeboten',
  'mail.hand-over.text':
    '{by}, {organisation}, möchte Ihnen den Platz ({seat}) in der Registrierung von {site} übergeben. Sie können bis {until} annehmen.',
  'mail.hand-over.link':
    'Sehen Sie sich das Angebot an. Melden Sie sich dort mit dieser Adresse an, oder legen Sie mit ihr ein Konto an:',
  'mail.hand-over-offered.subject': '{site}: ein Platz wird angeboten',
  'mail.hand-over-offered.text':
    '{by}, {organisation}, hat am {at} jemandem den Platz ({seat}) in der Registrierung von {site} angeboten. Bevor das angenommen ist, ändert sich nichts. Sie müssen nichts tun.',
  'mail.hand-over-withdrawn.subject': '{site}: das Angebot eines Platzes wurde zurückgenommen',
  'mail.hand-over-withdrawn.text':
    '{by}, {organisation}, hat am {at} das Angebot des Platzes ({seat}) in der Registrierung von {site} zurückgenommen. Sonst hat sich nichts geändert.',
  'mail.hand-over-refused.subject': '{site}: das Angebot eines Platzes wurde abgelehnt',
  'mail.hand-over-refused.text':
    'Wem der Platz ({seat}) in der Registrierung von {site} angeboten war, hat am {at} abgelehnt. Der Platz bleibt, wem er gehört.',
  'mail.hand-over-expired.subject': '{site}: das Angebot eines Platzes ist abgelaufen',
  'mail.hand-over-expired.text':
    'Niemand hat binnen 30 Tagen das Angebot des Platzes ({seat}) in der Registrierung von {site} angenommen. Der Platz bleibt, wem er gehört.',
  'mail.handed-over.subject': '{site}: Platz übergeben',
  'mail.handed-over.text':
    '{by}, {organisation}, ist seit {at} der {seat} von {site}. Wer den Platz übergeben hat, sieht nichts mehr von der Registrierung.',
  'mail.handed-over.anew':
    'Was der Endkunde davor bestätigt und zu teilen erlaubt hat, gilt nicht mehr. Der neue Endkunde wird nach beidem gefragt.',
  'mail.handed-over-by-you.subject': '{site}: Sie haben Ihren Platz übergeben',
  'mail.handed-over-by-you.text':
    '{by}, {organisation}, hat am {at} angenommen und ist jetzt der {seat} von {site}. Sie sehen nichts mehr von der Registrierung und bekommen keine Mails mehr dazu.',
  'mail.seat-ended.subject': '{site}: der Platz des Integrators wurde beendet',
  'mail.seat-ended.text':
    '{by}, {organisation}, hat am {at} den Platz des Integrators von {site} beendet.{reason} Wer ihn hatte, sieht nichts mehr von der Registrierung.',
  'mail.seat-ended-for-you.subject': '{site}: Ihr Platz wurde beendet',
  'mail.seat-ended-for-you.text':
    '{by}, {organisation}, hat am {at} Ihren Platz als Integrator von {site} beendet.{reason} Sie sehen nichts mehr von der Registrierung und bekommen keine Mails mehr dazu.',
  'mail.resigned.subject': '{site}: der Integrator geht',
  'mail.resigned.text':
    '{by}, {organisation}, verlässt am {until} den Platz des Integrators von {site}. Bis dahin ändert sich nichts, und es kann zurückgenommen werden.',
  'mail.resignation-taken-back.subject': '{site}: der Integrator bleibt',
  'mail.resignation-taken-back.text': '{by}, {organisation}, hat am {at} gesagt, Integrator von {site} zu bleiben.',
  'mail.seat-left.subject': '{site}: der Integrator ist gegangen',
  'mail.seat-left.text':
    'Der Integrator von {site} ist am {at} gegangen, wie angekündigt. Der Platz ist frei: ein anderer kann eingeladen werden, oder keiner.',
  'mail.seat-left-by-you.subject': '{site}: Sie sind gegangen',
  'mail.seat-left-by-you.text':
    'Sie sind seit {at} nicht mehr der Integrator von {site}, wie Sie angekündigt hatten. Sie sehen nichts mehr von der Registrierung und bekommen keine Mails mehr dazu.',
  'mail.without-party.subject': '{site}: niemand hat mehr einen Platz',
  'mail.without-party.text':
    'Der Integrator von {site} ist am {at} gegangen, und es gibt keinen Endkunden. Die Registrierung und ihr Verlauf bleiben erhalten, und niemand kann sie lesen.',
  'mail.confirmed.consents': 'Außerdem wurde zugestimmt, dies zu teilen: {consents}.',
  'mail.consented.subject': '{site}: Registrierung geändert',
  'mail.consented.text': '{by}, {organisation}, hat am {at} zugestimmt, dass {site} dies teilt: {consents}.',
  'mail.consent-withdrawn.subject': '{site}: Registrierung geändert',
  'mail.consent-withdrawn.text':
    '{by}, {organisation}, hat am {at} gesagt, dass {site} dies nicht mehr teilt: {consents}. Die Registrierung bleibt bestätigt.',
  'mail.case-opened.subject': '{site}: ein Fall wurde eröffnet',
  'mail.case-opened.text':
    '{by}, {organisation}, hat am {at} einen Fall zur Registrierung von {site} eröffnet. {openedAs, select, holder {Es wurde nachgewiesen, dass die Anlage in den Händen dieser Person ist. Sie bittet um den Platz: {seat}.} other {Es geht um den Platz: {seat}.}} Noch hat sich nichts geändert: ab {until} entscheidet die Verwaltung des Portals.',
  'mail.case-opened.case': 'Sie erreichen sie unter {email}. Widersprechen können Sie bis {until}:',
  'mail.case-objected.subject': '{site}: einem Fall wurde widersprochen',
  'mail.case-objected.text':
    '{by}, {organisation}, hat am {at} dem Fall zur Registrierung von {site} widersprochen. Die Verwaltung des Portals liest beide Seiten und entscheidet.',
  'mail.case-objected.case': 'Zum Fall:',
  'mail.case-withdrawn.subject': '{site}: ein Fall wurde zurückgezogen',
  'mail.case-withdrawn.text':
    '{by}, {organisation}, hat am {at} den Fall zur Registrierung von {site} zurückgezogen. Geändert wurde nichts.',
  'mail.case-decided.subject': '{site}: ein Fall wurde entschieden',
  'mail.case-decided.text':
    'Die Verwaltung des Portals hat am {at} den Fall entschieden, den {by}, {organisation}, zur Registrierung von {site} eröffnet hatte.',
  'mail.case-decided.seat-given': '{by}, {organisation}, hat jetzt den Platz: {seat}.',
  'mail.case-decided.party-removed': 'Dieser Platz ist jetzt frei: {seat}.',
  'mail.case-decided.without-party': 'Niemand hat mehr einen Platz.',
  'mail.case-decided.refused': 'Der Fall wurde abgelehnt, geändert wurde nichts.',
  'mail.case-answered.subject': 'Ihr Fall wurde entschieden',
  'mail.case-answered.text': 'Die Verwaltung des Portals hat am {at} den Fall entschieden, den Sie eröffnet hatten.',
  'mail.case-answered.case': 'Zum Fall:',
  'mail.case-waits.subject': 'Ein Fall wurde eröffnet',
  'mail.case-waits.text':
    'Am {at} wurde ein Fall eröffnet. Die Parteien können bis {until} widersprechen, dann entscheiden Sie.',
  'mail.case-waits.case': 'Zum Fall. Wer ihn ansieht, wird festgehalten:',
  'mail.written.statement': 'Sie schreiben: {text}',
  'mail.written.evidence': 'Als Beleg: {text}',
  'mail.written.objection': 'Sie schreiben: {text}',
  'mail.written.decisionReason': 'Die Begründung: {text}',
  'mail.administrator-added.subject': 'Ihr Konto verwaltet das Portal',
  'mail.administrator-added.text':
    'Seit {at} gehört Ihr Konto zur Verwaltung des Portals. Das hat veranlasst, wer den Rechner des Portals betreibt.',
  'mail.administrator-removed.subject': 'Ihr Konto verwaltet das Portal nicht mehr',
  'mail.administrator-removed.text': 'Seit {at} gehört Ihr Konto nicht mehr zur Verwaltung des Portals.',
  'mail.sessions-ended.subject': 'Sie wurden überall abgemeldet',
  'mail.sessions-ended.text':
    'Die Verwaltung des Portals hat am {at} alle Anmeldungen an Ihrem Konto beendet. Sie können sich wieder anmelden.',
  'mail.seat.integrator': 'Integrator',
  'mail.seat.end-user': 'Endkunde',
  'mail.consent.system': 'Angaben zur Anlage',
  'mail.consent.personal': 'persönliche Angaben',

  'mail.reason': 'Grund: {reason}.',
  'mail.reason.database-deleted': 'die Datenbank wurde gelöscht',
  'mail.reason.server-replaced': 'der Server wurde ersetzt',
  'mail.reason.wrong-registration': 'davor war die falsche Registrierung gewählt',
  'mail.reason.other': 'ein anderer',
  'mail.unknown': 'unbekannt',
  'mail.open': 'Zur Registrierung:',
  'mail.not-expected':
    'Nicht erwartet? Melden Sie sich an und sehen Sie sich den Verlauf an, oder antworten Sie auf diese E-Mail.',
  'mail.not-expected-alone': 'Nicht erwartet? Antworten Sie auf diese E-Mail.',
  'mail.several.subject': '{subject} und {n, plural, one {eine weitere Änderung} other {# weitere Änderungen}}',
  'mail.site-administrator':
    'Sie bekommen diese E-Mail, weil Sie bei {site} als Site administrator eingetragen sind. Weiter benachrichtigt werden oder alle E-Mails abbestellen:',
  'mail.member-invitation.subject': '{organisation}: Einladung',
  'mail.member-invitation.text':
    '{by} lädt Sie ein, bei unserem Portal Mitglied von {organisation} zu sein. Sie handeln dann für deren Registrierungen. Annehmen können Sie bis {until}.',
  'mail.member-invitation.link':
    'Sehen Sie sich die Einladung an. Melden Sie sich dort mit dieser Adresse an, oder legen Sie ein Konto mit ihr an:',
  'mail.member-joined.subject': '{organisation}: {name} ist jetzt Mitglied',
  'mail.member-joined.text':
    '{name} hat die Einladung von {organisation} am {at} angenommen und handelt von nun an für deren Registrierungen. Mitgebrachte Registrierungen: {count}.',
  'mail.member-gone.subject': '{organisation}: {name} ist kein Mitglied mehr',
  'mail.member-gone.text':
    '{name} ist seit {at} kein Mitglied von {organisation} mehr. Veranlasst hat es {by}. Registrierungen und Verlauf bleiben bei der Organisation.',
  'mail.member-removed.subject': 'Sie sind kein Mitglied von {organisation} mehr',
  'mail.member-removed.text':
    '{by} hat Sie am {at} aus {organisation} entfernt. Sie sehen von deren Registrierungen nichts mehr. Was Sie allein haben, bleibt Ihres.',
  'mail.member-role.subject': '{organisation}: Ihre Rolle ist eine andere',
  'mail.member-role.text': '{by} hat Ihre Rolle in {organisation} am {at} geändert. Sie sind jetzt: {role}.',
  'mail.role.administrator': 'Administrator',
  'mail.role.member': 'Mitglied',
  'mail.brought-into-organisation.subject': '{site}: eine Organisation ist jetzt Partei',
  'mail.brought-into-organisation.text':
    '{by} hat den Platz „{seat}“ von {site} am {at} in {organisation} eingebracht. Von nun an handeln alle Mitglieder von {organisation} dafür.',
  'mail.brought-into-organisation-several.subject':
    '{organisation}: eine Organisation ist jetzt Partei von {count} Registrierungen',
  'mail.brought-into-organisation-several.text':
    '{by} hat {count} Registrierungen am {at} in {organisation} eingebracht, darunter {site}. Von nun an handeln alle Mitglieder von {organisation} dafür.',
  'mail.taken-from-organisation.subject': '{site}: eine Person ist Partei anstelle einer Organisation',
  'mail.taken-from-organisation.text':
    '{organisation} besteht seit {at} nicht mehr. Der Platz „{seat}“ von {site} gehört von nun an {by} allein.',
  'mail.taken-from-organisation-several.subject':
    '{organisation} besteht nicht mehr: eine Person ist Partei von {count} Registrierungen',
  'mail.taken-from-organisation-several.text':
    '{organisation} besteht seit {at} nicht mehr. Ihr Platz in {count} Registrierungen, darunter {site}, gehört von nun an {by} allein.',

  'mail.access-token-made.subject': 'Für Ihr Konto wurde ein Zugriffstoken erstellt',
  'mail.access-token-made.text':
    'Am {at} wurde ein Zugriffstoken mit dem Namen {name} erstellt. Bis {until} kann ein Programm damit für Ihr Konto handeln.',
  'mail.access-token-made.revoke': 'Waren Sie das nicht? Widerrufen Sie es:',
  'mail.provider-unlinked.subject': 'Die Verbindung Ihres Kontos mit {provider} wurde getrennt',
  'mail.provider-unlinked.text':
    'Am {at} wurde die Verbindung Ihres Kontos mit {provider} getrennt. Darüber meldet sich niemand mehr an. Alles andere ist, wie es war.',
  'mail.provider-unlinked.ways':
    'Waren Sie das nicht? Sehen Sie sich an, wie man sich anmelden kann, und wählen Sie ein neues Passwort:',
  'mail.passkey-added.subject': 'Ihrem Konto wurde ein Passkey hinzugefügt',
  'mail.passkey-added.text':
    'Am {at} wurde Ihrem Konto ein Passkey mit dem Namen {name} hinzugefügt. Wer ihn hat, kann sich an Ihrem Konto anmelden.',
  'mail.passkey-added.ways':
    'Waren Sie das nicht? Entfernen Sie ihn, melden Sie sich überall sonst ab, und wählen Sie ein neues Passwort:',
  'mail.passkey-removed.subject': 'Ein Passkey Ihres Kontos wurde entfernt',
  'mail.passkey-removed.text':
    'Am {at} wurde der Passkey mit dem Namen {name} von Ihrem Konto entfernt. Damit meldet sich niemand mehr an. Alles andere ist, wie es war.',
  'mail.passkey-removed.ways':
    'Waren Sie das nicht? Sehen Sie sich an, wie man sich anmelden kann, und wählen Sie ein neues Passwort:',
  'mail.passkey-copied.subject': 'Ein Passkey Ihres Kontos wurde vielleicht kopiert',
  'mail.passkey-copied.text':
    'Am {at} wollte sich jemand mit dem Passkey {name} an Ihrem Konto anmelden. Er gibt an, seltener benutzt worden zu sein, als wir gesehen haben. Es gibt ihn also vielleicht zweimal. Niemand wurde angemeldet.',
  'mail.passkey-copied.ways':
    'Entfernen Sie diesen Passkey, ob Sie es waren oder nicht, und fügen Sie einen neuen hinzu:',

  'mail.new-address.subject': 'Ihre neue E-Mail-Adresse',
  'mail.new-address.text':
    'Jemand, wahrscheinlich Sie, möchte diese Adresse für ein Konto an unserem Portal verwenden. Sie gilt, sobald Sie angemeldet den Link geöffnet haben. Der Link gilt 24 Stunden.',
  'mail.new-address.link': 'Diese Adresse verwenden:',
  'mail.new-address-taken.subject': 'Ihre Adresse wurde für ein anderes Konto genannt',
  'mail.new-address-taken.text':
    'Jemand, vielleicht Sie, wollte diese Adresse für ein anderes Konto an unserem Portal verwenden. Sie hat schon ein Konto, also wurde nichts geändert.',
  'mail.address-changes.subject': 'Eine andere E-Mail-Adresse wurde verlangt',
  'mail.address-changes.text':
    'Am {at} hat jemand, der an Ihrem Konto angemeldet war, eine andere E-Mail-Adresse verlangt. Sie gilt, sobald der Link geöffnet wurde, den wir dorthin geschickt haben.',
  'mail.address-changes.ways':
    'Waren Sie das nicht? Melden Sie sich überall sonst ab, und wählen Sie ein neues Passwort:',
  'mail.address-changed.subject': 'Ihr Konto hat eine andere E-Mail-Adresse',
  'mail.address-changed.text':
    'Seit {at} hat Ihr Konto an unserem Portal eine andere E-Mail-Adresse. Dies ist unsere letzte Mail dazu an diese.',

  'mail.account-erased.subject': 'Ihr Konto wurde gelöscht',
  'mail.account-erased.text':
    'Wie Sie es am {at} verlangt haben, wurde Ihr Konto an unserem Portal gelöscht, und mit ihm, was sagt, wer Sie sind. Dies ist unsere letzte Mail an Sie darüber.',

  'mail.new-account.subject': 'Ihr neues Konto',
  'mail.new-account.text':
    'Jemand, wahrscheinlich Sie, möchte mit dieser Adresse ein Konto an unserem Portal anlegen. Es besteht, sobald Sie den Link geöffnet haben. Der Link gilt 24 Stunden.',
  'mail.new-account.link': 'Konto anlegen:',
  'mail.address-taken.subject': 'Sie haben schon ein Konto',
  'mail.address-taken.text':
    'Jemand, wahrscheinlich Sie, möchte mit dieser Adresse ein Konto an unserem Portal anlegen. Es gibt schon eines, deshalb wurde nichts geändert.',
  'mail.address-taken.link': 'Melden Sie sich an, oder wählen Sie dort „Forgotten password“:',
  'mail.new-password.subject': 'Wählen Sie ein neues Passwort',
  'mail.new-password.text':
    'Jemand, wahrscheinlich Sie, hat das Passwort Ihres Kontos an unserem Portal vergessen. Der Link gilt einmal, eine Stunde lang. Bis dahin gilt das alte Passwort.',
  'mail.new-password.link': 'Neues Passwort wählen:',
  'mail.no-password.subject': 'Ihr Konto hat kein Passwort',
  'mail.no-password.text':
    'Jemand, wahrscheinlich Sie, hat ein neues Passwort angefordert. Ihr Konto an unserem Portal hat keines: Sie melden sich mit {provider} an.',
  'mail.no-password.link': 'Anmelden:',
  'mail.your-provider': 'Ihrem Anbieter',
  'mail.not-asked-for': 'Waren Sie das nicht? Dann tun Sie nichts: ohne Sie ändert sich nichts.',
};
