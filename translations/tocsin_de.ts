<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AdvancedEdit</name>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>CA certificates from file</source>
        <translation>CA-Zertifikate aus Datei</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Client certificate from file</source>
        <translation>Client-Zertifikat aus Datei</translation>
    </message>
    <message>
        <source>Client key</source>
        <translation>Client-Schlüssel</translation>
    </message>
    <message>
        <source>Client key from file</source>
        <translation>Client-Schlüssel aus Datei</translation>
    </message>
    <message>
        <source>Signing secret</source>
        <translation>Signaturgeheimnis</translation>
    </message>
    <message>
        <source>Signs each request as Standard Webhooks 1.0 says; leave it empty to send unsigned.</source>
        <translation>Signiert jede Anfrage nach Standard Webhooks 1.0; leer lassen, um unsigniert zu senden.</translation>
    </message>
    <message>
        <source>Previous signing secret</source>
        <translation>Vorheriges Signaturgeheimnis</translation>
    </message>
    <message>
        <source>While a new signing secret takes its place, each request is signed with both.</source>
        <translation>Während ein neues Signaturgeheimnis an seine Stelle tritt, wird jede Anfrage mit beiden signiert.</translation>
    </message>
</context>
<context>
    <name>AuthenticationEdit</name>
    <message>
        <source>&amp;Authentication Type</source>
        <translation>Authent&amp;ifizierungsart</translation>
    </message>
    <message>
        <source>Authentication Type</source>
        <translation>Authentifizierungsart</translation>
    </message>
    <message>
        <source>Bearer To&amp;ken</source>
        <translation>Bearer-To&amp;ken</translation>
    </message>
    <message>
        <source>Bearer Token</source>
        <translation>Bearer-Token</translation>
    </message>
    <message>
        <source>Client I&amp;D</source>
        <translation>C&amp;lient-ID</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client Se&amp;cret</source>
        <translation>Client-&amp;Geheimnis</translation>
    </message>
    <message>
        <source>Client Secret</source>
        <translation>Client-Geheimnis</translation>
    </message>
    <message>
        <source>Token &amp;Endpoint URL</source>
        <translation>URL des To&amp;ken-Endpunkts</translation>
    </message>
    <message>
        <source>Token Endpoint URL</source>
        <translation>URL des Token-Endpunkts</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Optional: type a scope, press Enter</source>
        <translation>Optional: Scope eingeben, Eingabetaste drücken</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More OAuth settings</source>
        <translation>Weitere OAuth-Einstellungen</translation>
    </message>
    <message>
        <source>Client authentication</source>
        <translation>Client-Authentifizierung</translation>
    </message>
    <message>
        <source>More parameters</source>
        <translation>Weitere Parameter</translation>
    </message>
</context>
<context>
    <name>DeliveriesPage</name>
    <message>
        <source>Deliveries</source>
        <translation>Zustellungen</translation>
    </message>
    <message>
        <source>Search requests and responses</source>
        <translation>Anfragen und Antworten durchsuchen</translation>
    </message>
    <message>
        <source>Finds deliveries with all of these words in one attempt&apos;s request or response</source>
        <translation>Findet Zustellungen mit allen diesen Wörtern in Anfrage oder Antwort eines Versuchs</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Time span</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Send deliveries again</source>
        <translation>Zustellungen erneut senden</translation>
    </message>
    <message>
        <source>Deliveries over time</source>
        <translation>Zustellungen im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Left and right move over the bars, Enter shows the deliveries of one</source>
        <translation>Links und rechts gehen über die Balken, die Eingabetaste zeigt die Zustellungen eines Balkens</translation>
    </message>
</context>
<context>
    <name>DeliveryEdit</name>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>The delays between tries; leave it empty to try once.</source>
        <translation>Die Wartezeiten zwischen den Versuchen; leer lassen, um es einmal zu versuchen.</translation>
    </message>
    <message>
        <source>Concurrency</source>
        <translation>Gleichzeitige Zustellungen</translation>
    </message>
    <message>
        <source>So many requests may be under way at once.</source>
        <translation>So viele Anfragen dürfen gleichzeitig unterwegs sein.</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Unbegrenzt</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>je Minute</translation>
    </message>
    <message>
        <source>At most so many tries go out in a minute; the others wait. Tests do not count.</source>
        <translation>Höchstens so viele Versuche gehen in einer Minute hinaus; die übrigen warten. Tests zählen nicht.</translation>
    </message>
    <message>
        <source>Only the newest status</source>
        <translation>Nur der neueste Status</translation>
    </message>
    <message>
        <source>When the status of an integration changes, what still waits of it is not sent any more.</source>
        <translation>Ändert sich der Status einer Integration, wird nicht mehr gesendet, was von ihr noch wartet.</translation>
    </message>
    <message>
        <source>Settle time</source>
        <translation>Beruhigungszeit</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>A status is sent once it has lasted so long, as 30 s; one that changes before is not sent.</source>
        <translation>Ein Status wird gesendet, sobald er so lange angehalten hat, etwa 30 s; einer, der sich vorher ändert, wird nicht gesendet.</translation>
    </message>
    <message>
        <source>Maximum age</source>
        <translation>Höchstalter</translation>
    </message>
    <message>
        <source>A delivery that is older, as 15 min or 1 d, is not sent any more: it ends as dead.</source>
        <translation>Eine Zustellung, die älter ist, etwa 15 min oder 1 d, wird nicht mehr gesendet: sie endet als tot.</translation>
    </message>
</context>
<context>
    <name>EditorPage</name>
    <message>
        <source>Webhooks ›</source>
        <translation>Webhooks ›</translation>
    </message>
    <message>
        <source>Back to Webhooks</source>
        <translation>Zurück zu den Webhooks</translation>
    </message>
    <message>
        <source>Back to Webhooks (Esc)</source>
        <translation>Zurück zu den Webhooks (Esc)</translation>
    </message>
    <message>
        <source>Add Webhook</source>
        <translation>Webhook hinzufügen</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Use a preset</source>
        <translation>Vorgabe verwenden</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>View Invocation Data</source>
        <translation>Aufrufdaten anzeigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave without saving (Esc)</source>
        <translation>Verlassen, ohne zu speichern (Esc)</translation>
    </message>
    <message>
        <source>Save Webhook</source>
        <translation>Webhook speichern</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
</context>
<context>
    <name>FiltersEdit</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Fires when</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>&amp;Integration</source>
        <translation>Integrati&amp;on</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>Ty&amp;pe</source>
        <translation>T&amp;yp</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Stat&amp;us</source>
        <translation>Stat&amp;us</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Warning, Error</source>
        <translation>Warning, Error</translation>
    </message>
</context>
<context>
    <name>IntegrationsPage</name>
    <message>
        <source>Integrations</source>
        <translation>Integrationen</translation>
    </message>
    <message>
        <source>Search integrations</source>
        <translation>Integrationen durchsuchen</translation>
    </message>
    <message>
        <source>Send Event…</source>
        <translation>Ereignis senden…</translation>
    </message>
</context>
<context>
    <name>InvocationPanel</name>
    <message>
        <source>Invocation Data</source>
        <translation>Aufrufdaten</translation>
    </message>
    <message>
        <source>After a test, this shows what was sent and what came back.</source>
        <translation>Nach einem Test steht hier, was gesendet wurde und was zurückkam.</translation>
    </message>
    <message>
        <source>Timings</source>
        <translation>Zeiten</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tocsin</source>
        <translation>Tocsin</translation>
    </message>
</context>
<context>
    <name>PayloadSchemaView</name>
    <message>
        <source>Payload Schema</source>
        <translation>Payload-Schema</translation>
    </message>
    <message>
        <source>Search fields</source>
        <translation>Felder durchsuchen</translation>
    </message>
    <message>
        <source>No field matches the search.</source>
        <translation>Kein Feld entspricht der Suche.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Insert the placeholder into the body template (Enter)</source>
        <translation>Den Platzhalter in die Body-Vorlage einfügen (Eingabetaste)</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Sample &amp;event</source>
        <translation>Beispiel&amp;ereignis</translation>
    </message>
    <message>
        <source>Sample event</source>
        <translation>Beispielereignis</translation>
    </message>
    <message>
        <source>Own event</source>
        <translation>Eigenes Ereignis</translation>
    </message>
    <message>
        <source>Rendered body</source>
        <translation>Erzeugter Body</translation>
    </message>
</context>
<context>
    <name>ReceiverPage</name>
    <message>
        <source>Local Receiver</source>
        <translation>Lokaler Empfänger</translation>
    </message>
    <message>
        <source>Add Webhook for It</source>
        <translation>Webhook dafür hinzufügen</translation>
    </message>
    <message>
        <source>Open the editor with this receiver&apos;s URL, certificate and a sample body</source>
        <translation>Den Editor mit URL, Zertifikat und einem Beispiel-Body für diesen Empfänger öffnen</translation>
    </message>
    <message>
        <source>A small HTTPS target on this machine: it answers every request as you say here and shows what arrived. Nothing outside this machine can reach it.</source>
        <translation>Ein kleines HTTPS-Ziel auf diesem Rechner: Es beantwortet jede Anfrage wie hier festgelegt und zeigt, was eingegangen ist. Von außerhalb dieses Rechners ist es nicht erreichbar.</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>&amp;URL</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Starts with the receiver</source>
        <translation>Steht hier, sobald der Empfänger läuft</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>URL kopieren</translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation>CA-Zertifikat</translation>
    </message>
    <message>
        <source>Copy CA Certificate</source>
        <translation>CA-Zertifikat kopieren</translation>
    </message>
    <message>
        <source>Answer &amp;status</source>
        <translation>Antwort&amp;status</translation>
    </message>
    <message>
        <source>Answer status</source>
        <translation>Antwortstatus</translation>
    </message>
    <message>
        <source>Answer &amp;body</source>
        <translation>Antwort-B&amp;ody</translation>
    </message>
    <message>
        <source>Answer body</source>
        <translation>Antwort-Body</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Request as it arrived</source>
        <translation>Anfrage, wie sie eingegangen ist</translation>
    </message>
    <message>
        <source>Choose a request to see its headers and body.</source>
        <translation>Eine Anfrage auswählen, um ihre Header und ihren Body zu sehen.</translation>
    </message>
    <message>
        <source>Kept with this profile; paste it under Advanced › CA certificates.</source>
        <translation>Bleibt in diesem Profil; unter „Erweitert › CA-Zertifikate“ einfügen.</translation>
    </message>
    <message>
        <source>&amp;Certificate it shows</source>
        <translation>&amp;Zertifikat, das er zeigt</translation>
    </message>
    <message>
        <source>Certificate it shows</source>
        <translation>Zertifikat, das er zeigt</translation>
    </message>
    <message>
        <source>One that a webhook has to refuse, to see what it says</source>
        <translation>Eines, das ein Webhook ablehnen muss, um zu sehen, was er sagt</translation>
    </message>
    <message>
        <source>A&amp;nswers</source>
        <translation>A&amp;ntwortet</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>As a target does that is well, or one that is ill</source>
        <translation>Wie ein gesundes Ziel, oder wie ein krankes</translation>
    </message>
    <message>
        <source>Pause in seconds</source>
        <translation>Pause in Sekunden</translation>
    </message>
</context>
<context>
    <name>ReplayDialog</name>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>S&amp;tate</source>
        <translation>Z&amp;ustand</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>&amp;Webhook</source>
        <translation>&amp;Webhook</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>&amp;Integration</source>
        <translation>Integrati&amp;on</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>Accepted &amp;since</source>
        <translation>Angenommen &amp;seit</translation>
    </message>
    <message>
        <source>Accepted since</source>
        <translation>Angenommen seit</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>A time such as 2026-01-31 08:00, or an age such as 90s, 30m, 2h or 7d</source>
        <translation>Eine Zeit wie 2026-01-31 08:00, oder ein Alter wie 90s, 30m, 2h oder 7d</translation>
    </message>
    <message>
        <source>Accepted &amp;until</source>
        <translation>Angenommen &amp;bis</translation>
    </message>
    <message>
        <source>Accepted until</source>
        <translation>Angenommen bis</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>&amp;HTTP status</source>
        <translation>&amp;HTTP-Status</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP-Status</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Of the last attempt: 503, 5xx, or none where there was no answer; several apart by commas</source>
        <translation>Des letzten Versuchs: 503, 5xx, oder none, wo keine Antwort kam; mehrere durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ResponseEdit</name>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Time&amp;out in seconds</source>
        <translation>&amp;Zeitlimit in Sekunden</translation>
    </message>
    <message>
        <source>Timeout in seconds</source>
        <translation>Zeitlimit in Sekunden</translation>
    </message>
    <message>
        <source>Response &amp;Validators</source>
        <translation>Antwort&amp;prüfungen</translation>
    </message>
    <message>
        <source>Response Validators</source>
        <translation>Antwortprüfungen</translation>
    </message>
    <message>
        <source>&amp;Failure message</source>
        <translation>&amp;Fehlermeldung</translation>
    </message>
    <message>
        <source>Failure message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Optional: shown when a validator fails</source>
        <translation>Optional: wird angezeigt, wenn eine Antwortprüfung fehlschlägt</translation>
    </message>
</context>
<context>
    <name>SendEventDialog</name>
    <message>
        <source>Send event</source>
        <translation>Ereignis senden</translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation>&amp;Formular</translation>
    </message>
    <message>
        <source>&amp;Integration</source>
        <translation>Integrati&amp;on</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>I&amp;D</source>
        <translation>I&amp;D</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Typ</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>&amp;Status</source>
        <translation>&amp;Status</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>&amp;Event type</source>
        <translation>&amp;Ereignistyp</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>Ereignistyp</translation>
    </message>
    <message>
        <source>Event ti&amp;me</source>
        <translation>Ereignis&amp;zeit</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>Ereigniszeit</translation>
    </message>
    <message>
        <source>No&amp;w</source>
        <translation>&amp;Jetzt</translation>
    </message>
    <message>
        <source>The event is of the moment in which it is sent</source>
        <translation>Das Ereignis gilt für den Augenblick, in dem es gesendet wird</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>JS&amp;ON</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>What it will do</source>
        <translation>Was es bewirkt</translation>
    </message>
    <message>
        <source>Webhooks</source>
        <translation>Webhooks</translation>
    </message>
    <message>
        <source>Send even if &amp;unchanged</source>
        <translation>Auch &amp;unverändert senden</translation>
    </message>
    <message>
        <source>View Deliveries</source>
        <translation>Zustellungen ansehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Send Event</source>
        <translation>Ereignis senden</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Zustellungen</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>A metadata service hands out the credentials of the machine it runs on. This counts for everything that works on this profile, tocsinctl serve included.</source>
        <translation>Ein Metadatendienst gibt die Zugangsdaten der Maschine heraus, auf der er läuft. Das gilt für alles, was mit diesem Profil arbeitet, auch für tocsinctl serve.</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Side panel</source>
        <translation>Seitenbereich</translation>
    </message>
    <message>
        <source>Side panel pages</source>
        <translation>Seiten des Seitenbereichs</translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation>Bereich schließen</translation>
    </message>
    <message>
        <source>Close panel (Esc)</source>
        <translation>Bereich schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>Tocsin::AccessibleComboBox</name>
    <message>
        <source>Open the list of choices</source>
        <translation>Auswahlliste öffnen</translation>
    </message>
</context>
<context>
    <name>Tocsin::ActionRegistry</name>
    <message>
        <source>&amp;Add Webhook</source>
        <translation>Webhook &amp;hinzufügen</translation>
    </message>
    <message>
        <source>Open the editor with an empty form</source>
        <translation>Den Editor mit leerem Formular öffnen</translation>
    </message>
    <message>
        <source>Sen&amp;d Event…</source>
        <translation>Ereignis &amp;senden…</translation>
    </message>
    <message>
        <source>Accept an event as if an integration had changed, and deliver it</source>
        <translation>Ein Ereignis annehmen, als hätte sich eine Integration geändert, und es zustellen</translation>
    </message>
    <message>
        <source>&amp;Import Webhooks…</source>
        <translation>Webhooks &amp;importieren…</translation>
    </message>
    <message>
        <source>Read webhooks from a file</source>
        <translation>Webhooks aus einer Datei lesen</translation>
    </message>
    <message>
        <source>&amp;Export Selected Webhooks…</source>
        <translation>Ausgewählte Webhooks &amp;exportieren…</translation>
    </message>
    <message>
        <source>Write the selected webhooks to a file, without their secrets</source>
        <translation>Die ausgewählten Webhooks ohne ihre Geheimnisse in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Export A&amp;ll Webhooks…</source>
        <translation>&amp;Alle Webhooks exportieren…</translation>
    </message>
    <message>
        <source>Write every webhook to a file, without its secrets</source>
        <translation>Alle Webhooks ohne ihre Geheimnisse in eine Datei schreiben</translation>
    </message>
    <message>
        <source>&amp;Pause Deliveries</source>
        <translation>Zustellung anha&amp;lten</translation>
    </message>
    <message>
        <source>What is due waits until deliveries are resumed</source>
        <translation>Was fällig ist, wartet, bis die Zustellung fortgesetzt wird</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>Einstellun&amp;gen…</translation>
    </message>
    <message>
        <source>Language, appearance, deliveries and the keychain</source>
        <translation>Sprache, Erscheinungsbild, Zustellungen und Schlüsselbund</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close the window and end deliveries</source>
        <translation>Das Fenster schließen und die Zustellung beenden</translation>
    </message>
    <message>
        <source>&amp;Save Webhook</source>
        <translation>Webhook &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>Send one request with sample data, as it would be delivered</source>
        <translation>Eine Anfrage mit Beispieldaten senden, so wie sie zugestellt würde</translation>
    </message>
    <message>
        <source>View &amp;Invocation Data</source>
        <translation>Aufru&amp;fdaten anzeigen</translation>
    </message>
    <message>
        <source>Show what was sent and what came back</source>
        <translation>Zeigen, was gesendet wurde und was zurückkam</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Edit the selected webhook</source>
        <translation>Den ausgewählten Webhook bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Deactivate</source>
        <translation>&amp;Deaktivieren</translation>
    </message>
    <message>
        <source>Whether events fire the selected webhooks</source>
        <translation>Ob Ereignisse die ausgewählten Webhooks auslösen</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>Dupli&amp;zieren</translation>
    </message>
    <message>
        <source>Save a copy of the selected webhook</source>
        <translation>Eine Kopie des ausgewählten Webhooks speichern</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Change the name in place</source>
        <translation>Den Namen an Ort und Stelle ändern</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Delete the selected webhooks; it can be undone</source>
        <translation>Die ausgewählten Webhooks löschen; dies kann rückgängig gemacht werden</translation>
    </message>
    <message>
        <source>&amp;Search This Page</source>
        <translation>Auf dieser Seite &amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Go to Anything…</source>
        <translation>&amp;Gehe zu…</translation>
    </message>
    <message>
        <source>One line that finds webhooks, integrations, deliveries, pages, settings and commands</source>
        <translation>Eine Zeile, die Webhooks, Integrationen, Zustellungen, Seiten, Einstellungen und Befehle findet</translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Send the selected deliveries again, under their ids</source>
        <translation>Die ausgewählten Zustellungen unter ihren IDs noch einmal senden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected deliveries as text</source>
        <translation>Die ausgewählten Zustellungen als Text kopieren</translation>
    </message>
    <message>
        <source>&amp;Webhooks</source>
        <translation>&amp;Webhooks</translation>
    </message>
    <message>
        <source>&amp;Deliveries</source>
        <translation>&amp;Zustellungen</translation>
    </message>
    <message>
        <source>&amp;Integrations</source>
        <translation>&amp;Integrationen</translation>
    </message>
    <message>
        <source>&amp;Local Receiver</source>
        <translation>&amp;Lokaler Empfänger</translation>
    </message>
    <message>
        <source>&amp;Close Panel or Go Back</source>
        <translation>Bereich s&amp;chließen oder zurückgehen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Concepts and keys</source>
        <translation>Begriffe und Tasten</translation>
    </message>
    <message>
        <source>&amp;About Tocsin</source>
        <translation>Ü&amp;ber Tocsin</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Webhook</source>
        <translation>&amp;Webhook</translation>
    </message>
    <message>
        <source>&amp;Delivery</source>
        <translation>&amp;Zustellung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Look at template, secrets, name, certificates and token; the target is sent nothing</source>
        <translation>Vorlage, Geheimnisse, Namen, Zertifikate und Token ansehen; dem Ziel wird nichts gesendet</translation>
    </message>
    <message>
        <source>Replay by &amp;Filters…</source>
        <translation>Nach &amp;Filtern wiederholen …</translation>
    </message>
    <message>
        <source>Choose by state, webhook, integration, time and HTTP status what is sent again</source>
        <translation>Nach Zustand, Webhook, Integration, Zeit und HTTP-Status wählen, was noch einmal gesendet wird</translation>
    </message>
    <message>
        <source>&amp;Mute…</source>
        <translation>Stu&amp;mmschalten …</translation>
    </message>
    <message>
        <source>Send nothing for a while; the newest status goes out when the mute ends</source>
        <translation>Eine Weile nichts senden; der neueste Status geht hinaus, wenn die Stummschaltung endet</translation>
    </message>
    <message>
        <source>U&amp;nmute</source>
        <translation>Stummschaltung bee&amp;nden</translation>
    </message>
    <message>
        <source>End the mute now; the newest status goes out</source>
        <translation>Die Stummschaltung jetzt beenden; der neueste Status geht hinaus</translation>
    </message>
    <message>
        <source>Send Current St&amp;atus</source>
        <translation>&amp;Aktuellen Status senden</translation>
    </message>
    <message>
        <source>Send the status that each integration has now, even while it is muted</source>
        <translation>Den Status senden, den jede Integration jetzt hat, auch während der Stummschaltung</translation>
    </message>
</context>
<context>
    <name>Tocsin::ActivityStrip</name>
    <message>
        <source>24 hours: no deliveries</source>
        <translation>24 Stunden: keine Zustellungen</translation>
    </message>
    <message>
        <source>24 hours: %1 delivered, %2 failed, %3 dead</source>
        <translation>24 Stunden: %1 zugestellt, %2 fehlgeschlagen, %3 tot</translation>
    </message>
</context>
<context>
    <name>Tocsin::AdvancedSummary</name>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Nothing set</source>
        <translation>Nichts eingestellt</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Tocsin::AttemptsBar</name>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>What happened, as it was accepted</source>
        <translation>Was geschah, so wie es angenommen wurde</translation>
    </message>
    <message>
        <source>Attempts %1 to %2</source>
        <translation>Versuche %1 bis %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::AuthenticationEdit</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Bearer Token</source>
        <translation>Bearer-Token</translation>
    </message>
    <message>
        <source>OAuth</source>
        <translation>OAuth</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Benutzerdefiniert</translation>
    </message>
    <message>
        <source>Locked headers are still sent.</source>
        <translation>Gesperrte Header werden weiterhin gesendet.</translation>
    </message>
    <message>
        <source>Sent as the header Authorization: Bearer …</source>
        <translation>Wird als Header Authorization: Bearer … gesendet</translation>
    </message>
    <message>
        <source>A token is fetched with the client’s credentials and kept until it expires.</source>
        <translation>Ein Token wird mit den Zugangsdaten des Clients abgerufen und bis zu seinem Ablauf aufbewahrt.</translation>
    </message>
    <message>
        <source>Locked values are kept in the keychain.</source>
        <translation>Gesperrte Werte werden im Schlüsselbund aufbewahrt.</translation>
    </message>
    <message>
        <source>Automatic: Basic, then the body</source>
        <translation>Automatisch: Basic, dann im Body</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>Basic</translation>
    </message>
    <message>
        <source>Basic, not form-encoded</source>
        <translation>Basic, nicht formularkodiert</translation>
    </message>
    <message>
        <source>In the body</source>
        <translation>Im Body</translation>
    </message>
</context>
<context>
    <name>Tocsin::BackgroundPresence</name>
    <message>
        <source>View Deliveries</source>
        <translation>Zustellungen ansehen</translation>
    </message>
</context>
<context>
    <name>Tocsin::BlankFields</name>
    <message>
        <source>Here still stands what is left to you to fill in (YOUR…): put your own value there.</source>
        <translation>Hier steht noch, was auszufüllen ist (YOUR…): den eigenen Wert eintragen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks like a secret and is empty: put its value there, or leave the header out.</source>
        <translation>„%1“ sieht nach einem Geheimnis aus und ist leer: den Wert eintragen oder das Kopffeld weglassen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::BodyTemplate</name>
    <message>
        <source>The template is larger than 1 MiB.</source>
        <translation>Die Vorlage ist größer als 1 MiB.</translation>
    </message>
    <message>
        <source>The template is not UTF-8 from here on.</source>
        <translation>Die Vorlage ist ab hier kein UTF-8.</translation>
    </message>
    <message>
        <source>There is no secret with the key &quot;%1&quot;.</source>
        <translation>Es gibt kein Geheimnis mit dem Schlüssel „%1“.</translation>
    </message>
    <message>
        <source>With this event the template does not render to JSON: %1</source>
        <translation>Mit diesem Ereignis ergibt die Vorlage kein JSON: %1</translation>
    </message>
    <message>
        <source>%1 has no items</source>
        <translation>%1 keine Elemente hat</translation>
    </message>
    <message>
        <source>%1 has one item</source>
        <translation>%1 ein Element hat</translation>
    </message>
    <message>
        <source>%1 has several items</source>
        <translation>%1 mehrere Elemente hat</translation>
    </message>
    <message>
        <source>%1 has items</source>
        <translation>%1 Elemente hat</translation>
    </message>
    <message>
        <source>%1 is empty or missing</source>
        <translation>%1 leer ist oder fehlt</translation>
    </message>
    <message>
        <source>%1 has a value</source>
        <translation>%1 einen Wert hat</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>dem Ende</translation>
    </message>
    <message>
        <source>this placeholder</source>
        <translation>diesem Platzhalter</translation>
    </message>
    <message>
        <source>the line&apos;s end</source>
        <translation>dem Zeilenende</translation>
    </message>
    <message>
        <source>This is not JSON: a value is expected before %1.</source>
        <translation>Das ist kein JSON: Vor %1 wird ein Wert erwartet.</translation>
    </message>
    <message>
        <source>This is not JSON: a key in quotes is expected before %1.</source>
        <translation>Das ist kein JSON: Vor %1 wird ein Schlüssel in Anführungszeichen erwartet.</translation>
    </message>
    <message>
        <source>This is not JSON: a colon is expected before %1.</source>
        <translation>Das ist kein JSON: Vor %1 wird ein Doppelpunkt erwartet.</translation>
    </message>
    <message>
        <source>This is not JSON: a comma or a closing bracket is expected before %1.</source>
        <translation>Das ist kein JSON: Vor %1 wird ein Komma oder eine schließende Klammer erwartet.</translation>
    </message>
    <message>
        <source>This is not JSON: nothing may follow the first value, but here stands %1.</source>
        <translation>Das ist kein JSON: Auf den ersten Wert darf nichts folgen, hier geht der Text aber mit %1 weiter.</translation>
    </message>
    <message>
        <source>This is not JSON: %1 does not close what was opened last.</source>
        <translation>Das ist kein JSON: Mit %1 wird nicht geschlossen, was zuletzt geöffnet wurde.</translation>
    </message>
    <message>
        <source>This is not JSON: the number before %1 is not complete.</source>
        <translation>Das ist kein JSON: Die Zahl vor %1 ist unvollständig.</translation>
    </message>
    <message>
        <source>This is not JSON: only the words true, false and null stand without quotes.</source>
        <translation>Das ist kein JSON: Nur die Wörter true, false und null stehen ohne Anführungszeichen.</translation>
    </message>
    <message>
        <source>This is not JSON: after a backslash stands one of &quot; \ / b f n r t, or u and four digits.</source>
        <translation>Das ist kein JSON: Nach einem Backslash steht eines von &quot; \ / b f n r t oder u mit vier Ziffern.</translation>
    </message>
    <message>
        <source>This is not JSON: a string must not hold a line break or another control character; write \n.</source>
        <translation>Das ist kein JSON: Eine Zeichenkette darf keinen Zeilenumbruch und kein anderes Steuerzeichen enthalten; \n schreiben.</translation>
    </message>
    <message>
        <source>This is not JSON text: half of a surrogate pair stands alone before %1.</source>
        <translation>Das ist kein JSON-Text: Vor %1 steht ein halbes Surrogatpaar allein.</translation>
    </message>
    <message numerus="yes">
        <source>Objects and arrays stand in one another more than %n deep.</source>
        <translation>
            <numerusform>Objekte und Arrays sind mehr als %n Ebene tief verschachtelt.</numerusform>
            <numerusform>Objekte und Arrays sind mehr als %n Ebenen tief verschachtelt.</numerusform>
        </translation>
    </message>
    <message>
        <source>This is not JSON: a key stands in quotes, a placeholder in a key&apos;s place too.</source>
        <translation>Das ist kein JSON: Ein Schlüssel steht in Anführungszeichen, ebenso ein Platzhalter an der Stelle eines Schlüssels.</translation>
    </message>
    <message>
        <source>A placeholder cannot stand inside an escape sequence.</source>
        <translation>Ein Platzhalter kann nicht innerhalb einer Escape-Sequenz stehen.</translation>
    </message>
    <message>
        <source>A placeholder cannot continue a number or a word: put both into quotes.</source>
        <translation>Ein Platzhalter kann keine Zahl und kein Wort fortsetzen: beides in Anführungszeichen setzen.</translation>
    </message>
    <message>
        <source>This is not JSON: the text ends inside a string.</source>
        <translation>Das ist kein JSON: Der Text endet innerhalb einer Zeichenkette.</translation>
    </message>
    <message>
        <source>This is not JSON: the text ends before the value is complete.</source>
        <translation>Das ist kein JSON: Der Text endet, bevor der Wert vollständig ist.</translation>
    </message>
    <message>
        <source>What this block writes does not fit together from one item to the next.</source>
        <translation>Was dieser Block schreibt, passt von einem Element zum nächsten nicht zusammen.</translation>
    </message>
    <message>
        <source>%1 So it is when %2.</source>
        <translation>%1 Das gilt, wenn %2.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Too many strings of this template look like JSON and are not.</source>
        <translation>Zu viele Zeichenketten dieser Vorlage sehen wie JSON aus, sind aber keines.</translation>
    </message>
    <message>
        <source>This string begins like a JSON object but is not JSON as a whole: its placeholders are written as text.</source>
        <translation>Diese Zeichenkette beginnt wie ein JSON-Objekt, ist als Ganzes aber kein JSON: Ihre Platzhalter werden als Text geschrieben.</translation>
    </message>
    <message>
        <source>This placeholder stands in a string in one case and outside of it in another.</source>
        <translation>Dieser Platzhalter steht in einem Fall innerhalb und in einem anderen außerhalb einer Zeichenkette.</translation>
    </message>
    <message>
        <source>This comment is not closed by --}}.</source>
        <translation>Dieser Kommentar ist nicht mit --}} geschlossen.</translation>
    </message>
    <message>
        <source>This comment is not closed by }}.</source>
        <translation>Dieser Kommentar ist nicht mit }} geschlossen.</translation>
    </message>
    <message>
        <source>{{{raw}}} is not needed: values are escaped for where they stand; write {{path}}.</source>
        <translation>{{{raw}}} ist nicht nötig: Werte werden passend zu ihrer Stelle maskiert; {{path}} schreiben.</translation>
    </message>
    <message>
        <source>This {{ is not closed by }}.</source>
        <translation>Dieses {{ ist nicht mit }} geschlossen.</translation>
    </message>
    <message>
        <source>These braces are empty: write a path, as in {{data.name}}.</source>
        <translation>Diese Klammern sind leer: einen Pfad schreiben, etwa {{data.name}}.</translation>
    </message>
    <message>
        <source>{{&amp;raw}} is not needed: values are escaped for where they stand; write {{path}}.</source>
        <translation>{{&amp;raw}} ist nicht nötig: Werte werden passend zu ihrer Stelle maskiert; {{path}} schreiben.</translation>
    </message>
    <message>
        <source>Partials ({{&gt; name}}) are not available: write their text in this template.</source>
        <translation>Partials ({{&gt; name}}) sind nicht verfügbar: ihren Text in diese Vorlage schreiben.</translation>
    </message>
    <message>
        <source>Decorators ({{* name}}) are not available: leave it out.</source>
        <translation>Dekoratoren ({{* name}}) sind nicht verfügbar: weglassen.</translation>
    </message>
    <message>
        <source>Partial blocks ({{#&gt; name}}) are not available: write their text in this template.</source>
        <translation>Partial-Blöcke ({{#&gt; name}}) sind nicht verfügbar: ihren Text in diese Vorlage schreiben.</translation>
    </message>
    <message>
        <source>Inline partials ({{#* inline}}) are not available: write their text in this template.</source>
        <translation>Inline-Partials ({{#* inline}}) sind nicht verfügbar: ihren Text in diese Vorlage schreiben.</translation>
    </message>
    <message>
        <source>{{^name}} blocks are not available: write {{#unless name}}…{{/unless}}.</source>
        <translation>{{^name}}-Blöcke sind nicht verfügbar: {{#unless name}}…{{/unless}} schreiben.</translation>
    </message>
    <message>
        <source>The secret reference is not closed: write it as ${secret:KEY}.</source>
        <translation>Der Verweis auf das Geheimnis ist nicht geschlossen: als ${secret:KEY} schreiben.</translation>
    </message>
    <message>
        <source>A secret&apos;s key is 1 to 128 of the characters A–Z, a–z, 0–9, &apos;.&apos;, &apos;_&apos;, &apos;-&apos; and &apos;/&apos;: ${secret:KEY}.</source>
        <translation>Der Schlüssel eines Geheimnisses besteht aus 1 bis 128 der Zeichen A–Z, a–z, 0–9, &apos;.&apos;, &apos;_&apos;, &apos;-&apos; und &apos;/&apos;: ${secret:KEY}.</translation>
    </message>
    <message>
        <source>This {{else}} stands outside a block.</source>
        <translation>Dieses {{else}} steht außerhalb eines Blocks.</translation>
    </message>
    <message>
        <source>This {{/%1}} closes a block that was never opened.</source>
        <translation>Dieses {{/%1}} schließt einen Block, der nie geöffnet wurde.</translation>
    </message>
    <message>
        <source>Block parameters (as |name|) are not available: write this, @index and @key.</source>
        <translation>Blockparameter (as |name|) sind nicht verfügbar: this, @index und @key schreiben.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a block: write {{#%1 path}}…{{/%1}}.</source>
        <translation>„%1“ ist ein Block: {{#%1 path}}…{{/%1}} schreiben.</translation>
    </message>
    <message>
        <source>A placeholder holds a path, not a text in quotes: write the text itself, outside the braces.</source>
        <translation>Ein Platzhalter enthält einen Pfad, keinen Text in Anführungszeichen: den Text selbst außerhalb der Klammern schreiben.</translation>
    </message>
    <message>
        <source>The helper &quot;lookup&quot; is not available: write the index or the name into the path, as in data.issues.[0].message.</source>
        <translation>Der Helfer „lookup“ ist nicht verfügbar: den Index oder den Namen in den Pfad schreiben, etwa data.issues.[0].message.</translation>
    </message>
    <message>
        <source>The helper &quot;%1&quot; is unknown; the nearest known one is &quot;%2&quot;.</source>
        <translation>Der Helfer „%1“ ist unbekannt; der ähnlichste bekannte ist „%2“.</translation>
    </message>
    <message>
        <source>This block has no name: write {{#each path}}, {{#if path}}, {{#unless path}} or {{#with path}}.</source>
        <translation>Dieser Block hat keinen Namen: {{#each path}}, {{#if path}}, {{#unless path}} oder {{#with path}} schreiben.</translation>
    </message>
    <message>
        <source>This {{/%1}} does not close the block {{#%2}} that was opened in line %3.</source>
        <translation>Dieses {{/%1}} schließt nicht den Block {{#%2}}, der in Zeile %3 geöffnet wurde.</translation>
    </message>
    <message>
        <source>The block {{#%1}} of line %2 is not closed: {{/%1}} is missing.</source>
        <translation>Der Block {{#%1}} aus Zeile %2 ist nicht geschlossen: {{/%1}} fehlt.</translation>
    </message>
    <message numerus="yes">
        <source>Blocks stand in one another more than %n deep.</source>
        <translation>
            <numerusform>Blöcke sind mehr als %n Ebene tief verschachtelt.</numerusform>
            <numerusform>Blöcke sind mehr als %n Ebenen tief verschachtelt.</numerusform>
        </translation>
    </message>
    <message>
        <source>This block has an {{else}} already.</source>
        <translation>Dieser Block hat bereits ein {{else}}.</translation>
    </message>
    <message>
        <source>#%1 takes a path, not %2.</source>
        <translation>#%1 nimmt einen Pfad, nicht %2.</translation>
    </message>
    <message>
        <source>The block {{#%1}} is unknown: write {{#each %1}}, {{#if %1}} or {{#with %1}}.</source>
        <translation>Der Block {{#%1}} ist unbekannt: {{#each %1}}, {{#if %1}} oder {{#with %1}} schreiben.</translation>
    </message>
    <message>
        <source>The helper &quot;%1&quot; is unknown: blocks are #each, #if, #unless and #with.</source>
        <translation>Der Helfer „%1“ ist unbekannt: Blöcke sind #each, #if, #unless und #with.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has a value inside {{#each}} only.</source>
        <translation>„%1“ hat nur innerhalb von {{#each}} einen Wert.</translation>
    </message>
    <message numerus="yes">
        <source>&quot;%1&quot; goes above the event: there are %n block(s) around it that change the context.</source>
        <translation>
            <numerusform>„%1“ reicht über das Ereignis hinaus: Darum liegt %n Block, der den Kontext ändert.</numerusform>
            <numerusform>„%1“ reicht über das Ereignis hinaus: Darum liegen %n Blöcke, die den Kontext ändern.</numerusform>
        </translation>
    </message>
    <message>
        <source>Paths are written with dots, not with slashes: %1.</source>
        <translation>Pfade werden mit Punkten geschrieben, nicht mit Schrägstrichen: %1.</translation>
    </message>
    <message>
        <source>The path &quot;%1&quot; ends in a dot: a name is missing.</source>
        <translation>Der Pfad „%1“ endet mit einem Punkt: Ein Name fehlt.</translation>
    </message>
    <message>
        <source>A name is missing in the path &quot;%1&quot;.</source>
        <translation>Im Pfad „%1“ fehlt ein Name.</translation>
    </message>
    <message>
        <source>A dot is missing before the bracket: write data.issues.[0].</source>
        <translation>Vor der Klammer fehlt ein Punkt: data.issues.[0] schreiben.</translation>
    </message>
    <message>
        <source>The path &quot;%1&quot; holds a character that is not allowed; odd names stand in brackets, as in data.[odd key].</source>
        <translation>Der Pfad „%1“ enthält ein nicht erlaubtes Zeichen; ungewöhnliche Namen stehen in Klammern, etwa data.[odd key].</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not in the event&apos;s payload schema.</source>
        <translation>„%1“ kommt im Payload-Schema des Ereignisses nicht vor.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not in the event&apos;s payload schema; the nearest known name is &quot;%2&quot;.</source>
        <translation>„%1“ kommt im Payload-Schema des Ereignisses nicht vor; der ähnlichste bekannte Name ist „%2“.</translation>
    </message>
    <message>
        <source>With this event the template takes more than %L1 steps to render.</source>
        <translation>Mit diesem Ereignis braucht die Vorlage mehr als %L1 Schritte.</translation>
    </message>
    <message>
        <source>The blocks up to here make too many different texts to tell whether all of them are JSON.</source>
        <translation>Die Blöcke bis hier ergeben zu viele verschiedene Texte, um zu prüfen, ob alle JSON sind.</translation>
    </message>
    <message>
        <source>The path is longer than the %1 names that an event can nest.</source>
        <translation>Der Pfad ist länger als die %1 Namen, die ein Ereignis schachteln kann.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>The value that the block around is about.</source>
        <translation>Der Wert, um den es im umgebenden Block geht.</translation>
    </message>
    <message>
        <source>The number of the item, counted from 0.</source>
        <translation>Die Nummer des Elements, ab 0 gezählt.</translation>
    </message>
    <message>
        <source>True for the first item.</source>
        <translation>Wahr beim ersten Element.</translation>
    </message>
    <message>
        <source>True for the last item.</source>
        <translation>Wahr beim letzten Element.</translation>
    </message>
    <message>
        <source>The member&apos;s name, where {{#each}} goes through an object.</source>
        <translation>Der Name des Mitglieds, wo {{#each}} durch ein Objekt geht.</translation>
    </message>
    <message>
        <source>Ends the block {{#%1}}.</source>
        <translation>Beendet den Block {{#%1}}.</translation>
    </message>
    <message>
        <source>What follows is written where the block&apos;s body is not.</source>
        <translation>Was folgt, wird geschrieben, wo der Inhalt des Blocks es nicht wird.</translation>
    </message>
    <message>
        <source>Writes a value as JSON, objects and arrays as a whole.</source>
        <translation>Schreibt einen Wert als JSON, Objekte und Listen als Ganzes.</translation>
    </message>
    <message>
        <source>Writes its body once for each item of an array.</source>
        <translation>Schreibt seinen Inhalt einmal für jedes Element einer Liste.</translation>
    </message>
    <message>
        <source>Writes its body where the value is neither empty nor missing.</source>
        <translation>Schreibt seinen Inhalt, wo der Wert weder leer ist noch fehlt.</translation>
    </message>
    <message>
        <source>Writes its body where the value is empty or missing.</source>
        <translation>Schreibt seinen Inhalt, wo der Wert leer ist oder fehlt.</translation>
    </message>
    <message>
        <source>Paths in its body begin at the value: {{name}} instead of {{data.name}}.</source>
        <translation>Pfade in seinem Inhalt beginnen beim Wert: {{name}} statt {{data.name}}.</translation>
    </message>
    <message>
        <source>Replace with %1</source>
        <translation>Durch %1 ersetzen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Close with %1</source>
        <translation>Mit %1 schließen</translation>
    </message>
    <message>
        <source>Remove the comma</source>
        <translation>Das Komma entfernen</translation>
    </message>
    <message>
        <source>Insert a comma</source>
        <translation>Ein Komma einfügen</translation>
    </message>
    <message>
        <source>Insert a colon</source>
        <translation>Einen Doppelpunkt einfügen</translation>
    </message>
    <message>
        <source>Put it into quotes</source>
        <translation>In Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>There is no time zone “%1”: write its name, as in &quot;Europe/Berlin&quot;.</source>
        <translation>Eine Zeitzone „%1“ gibt es nicht: Schreiben Sie ihren Namen, wie in &quot;Europe/Berlin&quot;.</translation>
    </message>
    <message>
        <source>There is no time zone “%1”; the nearest known one is “%2”.</source>
        <translation>Eine Zeitzone „%1“ gibt es nicht; die ähnlichste bekannte ist „%2“.</translation>
    </message>
    <message>
        <source>The text in single quotes in this format is not closed.</source>
        <translation>Der Text in einfachen Anführungszeichen in diesem Format ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>“Z” says UTC, but tz= names another time zone: write t.</source>
        <translation>„Z“ bedeutet UTC, tz= nennt aber eine andere Zeitzone: Schreiben Sie t.</translation>
    </message>
    <message>
        <source>“%1” means nothing here: a year is yyyy, a month MM, a day dd, an hour HH, a minute mm, a second ss; text stands in single quotes.</source>
        <translation>„%1“ bedeutet hier nichts: Ein Jahr ist yyyy, ein Monat MM, ein Tag dd, eine Stunde HH, eine Minute mm, eine Sekunde ss; Text steht in einfachen Anführungszeichen.</translation>
    </message>
    <message>
        <source>%1 is “%2”</source>
        <translation>%1 „%2“ ist</translation>
    </message>
    <message>
        <source>%1 is not “%2”</source>
        <translation>%1 nicht „%2“ ist</translation>
    </message>
    <message>
        <source>With this event a placeholder in the URL&apos;s path is empty, which would lead to another resource: give it a text with default.</source>
        <translation>Mit diesem Ereignis ist ein Platzhalter im Pfad der URL leer, was zu einer anderen Ressource führen würde: Geben Sie ihm mit default einen Text.</translation>
    </message>
    <message>
        <source>A placeholder begins with a path or with a helper, not with a parenthesis.</source>
        <translation>Ein Platzhalter beginnt mit einem Pfad oder einem Helfer, nicht mit einer Klammer.</translation>
    </message>
    <message>
        <source>#%1 takes %2: write {{%3}}.</source>
        <translation>#%1 nimmt %2: Schreiben Sie {{%3}}.</translation>
    </message>
    <message>
        <source>A helper that a block is given stands in parentheses: write {{#%1 (%2)}}.</source>
        <translation>Ein Helfer, der einem Block gegeben wird, steht in Klammern: Schreiben Sie {{#%1 (%2)}}.</translation>
    </message>
    <message>
        <source>#%1 takes nothing that has a name (name=value).</source>
        <translation>#%1 nimmt nichts, was einen Namen hat (name=wert).</translation>
    </message>
    <message>
        <source>This ) closes nothing that is open.</source>
        <translation>Diese ) schließt nichts, was offen ist.</translation>
    </message>
    <message>
        <source>Before = stands a name, behind it a value: write else=&quot;text&quot;.</source>
        <translation>Vor = steht ein Name, dahinter ein Wert: Schreiben Sie else=&quot;Text&quot;.</translation>
    </message>
    <message>
        <source>&quot;undefined&quot; is not available: write null.</source>
        <translation>„undefined“ gibt es nicht: Schreiben Sie null.</translation>
    </message>
    <message>
        <source>Inside braces a text stands in quotes without backslashes, in a string, too.</source>
        <translation>In geschweiften Klammern steht ein Text in Anführungszeichen ohne Backslashes, auch in einer Zeichenkette.</translation>
    </message>
    <message>
        <source>A number does not begin with 0 where more digits follow.</source>
        <translation>Eine Zahl beginnt nicht mit 0, wenn weitere Ziffern folgen.</translation>
    </message>
    <message numerus="yes">
        <source>Subexpressions stand in one another more than %n deep.</source>
        <translation>
            <numerusform>Unterausdrücke stehen mehr als %n tief ineinander.</numerusform>
            <numerusform>Unterausdrücke stehen mehr als %n tief ineinander.</numerusform>
        </translation>
    </message>
    <message>
        <source>This ( is not closed by ).</source>
        <translation>Diese ( ist nicht durch ) geschlossen.</translation>
    </message>
    <message>
        <source>In parentheses stands a helper first, as in (eq data.status &quot;Error&quot;).</source>
        <translation>In Klammern steht zuerst ein Helfer, wie in (eq data.status &quot;Error&quot;).</translation>
    </message>
    <message>
        <source>What has no name stands before what has one (name=value).</source>
        <translation>Was keinen Namen hat, steht vor dem, was einen hat (name=wert).</translation>
    </message>
    <message>
        <source>%1 takes nothing that has a name (name=value).</source>
        <translation>%1 nimmt nichts, was einen Namen hat (name=wert).</translation>
    </message>
    <message>
        <source>date knows no “%1”, but tz=&quot;Europe/Berlin&quot;.</source>
        <translation>date kennt kein „%1“, aber tz=&quot;Europe/Berlin&quot;.</translation>
    </message>
    <message>
        <source>“%1” stands here a second time.</source>
        <translation>„%1“ steht hier ein zweites Mal.</translation>
    </message>
    <message numerus="yes">
        <source>map takes no more than %n name(s).</source>
        <translation>
            <numerusform>map nimmt höchstens %n Namen.</numerusform>
            <numerusform>map nimmt höchstens %n Namen.</numerusform>
        </translation>
    </message>
    <message>
        <source>A value is missing behind “%1=”.</source>
        <translation>Hinter „%1=“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>%1 takes %2: write %3.</source>
        <translation>%1 nimmt %2: Schreiben Sie %3.</translation>
    </message>
    <message>
        <source>Between the items stands a text in quotes: write {{%1}}.</source>
        <translation>Zwischen den Einträgen steht ein Text in Anführungszeichen: Schreiben Sie {{%1}}.</translation>
    </message>
    <message>
        <source>truncate takes a whole number from 1 to %L1 behind the value: write {{%2}}.</source>
        <translation>truncate nimmt hinter dem Wert eine ganze Zahl von 1 bis %L1: Schreiben Sie {{%2}}.</translation>
    </message>
    <message>
        <source>How the time is written stands in quotes: write {{%1}}.</source>
        <translation>Wie die Zeit geschrieben wird, steht in Anführungszeichen: Schreiben Sie {{%1}}.</translation>
    </message>
    <message>
        <source>The time zone stands in quotes: write tz=&quot;Europe/Berlin&quot;.</source>
        <translation>Die Zeitzone steht in Anführungszeichen: Schreiben Sie tz=&quot;Europe/Berlin&quot;.</translation>
    </message>
    <message>
        <source>The helper &quot;%1&quot; is unknown: a placeholder is one path, or a helper and what it takes.</source>
        <translation>Der Helfer „%1“ ist unbekannt: Ein Platzhalter ist ein Pfad oder ein Helfer mit dem, was er nimmt.</translation>
    </message>
    <message>
        <source>%1 is never “%2”; it is one of %3.</source>
        <translation>%1 ist nie „%2“, sondern eines von %3.</translation>
    </message>
    <message>
        <source>%1 is never “%2”; the nearest that it can be is “%3”.</source>
        <translation>%1 ist nie „%2“; das Ähnlichste, was es sein kann, ist „%3“.</translation>
    </message>
    <message>
        <source>two values</source>
        <translation>zwei Werte</translation>
    </message>
    <message>
        <source>True where two values are the same; a text is never the same as a number.</source>
        <translation>Wahr, wenn zwei Werte gleich sind; ein Text ist nie dasselbe wie eine Zahl.</translation>
    </message>
    <message>
        <source>True where two values differ.</source>
        <translation>Wahr, wenn zwei Werte verschieden sind.</translation>
    </message>
    <message>
        <source>two values or more</source>
        <translation>zwei oder mehr Werte</translation>
    </message>
    <message>
        <source>True where all of its values are neither empty nor missing.</source>
        <translation>Wahr, wenn keiner seiner Werte leer ist oder fehlt.</translation>
    </message>
    <message>
        <source>True where one of its values is neither empty nor missing.</source>
        <translation>Wahr, wenn einer seiner Werte weder leer ist noch fehlt.</translation>
    </message>
    <message>
        <source>one value</source>
        <translation>einen Wert</translation>
    </message>
    <message>
        <source>True where a value is empty or missing.</source>
        <translation>Wahr, wenn ein Wert leer ist oder fehlt.</translation>
    </message>
    <message>
        <source>a value and those that it may be</source>
        <translation>einen Wert und die, die er sein darf</translation>
    </message>
    <message>
        <source>True where a value is one of those that follow; of an array, one of its items.</source>
        <translation>Wahr, wenn ein Wert einer der folgenden ist; bei einem Array einer seiner Einträge.</translation>
    </message>
    <message>
        <source>one value, and what is written for each text that it may be</source>
        <translation>einen Wert und was für jeden Text geschrieben wird, der er sein kann</translation>
    </message>
    <message>
        <source>Writes another value for each text that a value may be; behind else= what stands for all others.</source>
        <translation>Schreibt für jeden Text, der ein Wert sein kann, einen anderen; hinter else= steht, was für alle übrigen gilt.</translation>
    </message>
    <message>
        <source>a value and what stands in its place</source>
        <translation>einen Wert und was an seiner Stelle steht</translation>
    </message>
    <message>
        <source>Writes a value, or another one where it is missing, null, false or an empty text.</source>
        <translation>Schreibt einen Wert oder einen anderen, wo er fehlt, null, false oder ein leerer Text ist.</translation>
    </message>
    <message>
        <source>a list and the text between its items</source>
        <translation>eine Liste und den Text zwischen ihren Einträgen</translation>
    </message>
    <message>
        <source>Writes the items of a list in a row; in the text between them \n is a line break.</source>
        <translation>Schreibt die Einträge einer Liste nacheinander; im Text dazwischen ist \n ein Zeilenumbruch.</translation>
    </message>
    <message>
        <source>Writes how many items an array has, or members an object.</source>
        <translation>Schreibt, wie viele Einträge ein Array oder wie viele Felder ein Objekt hat.</translation>
    </message>
    <message>
        <source>Writes a text in capital letters.</source>
        <translation>Schreibt einen Text in Großbuchstaben.</translation>
    </message>
    <message>
        <source>Writes a text in small letters.</source>
        <translation>Schreibt einen Text in Kleinbuchstaben.</translation>
    </message>
    <message>
        <source>a value and the number of characters</source>
        <translation>einen Wert und die Zahl der Zeichen</translation>
    </message>
    <message>
        <source>a time and how it is written</source>
        <translation>eine Zeit und wie sie geschrieben wird</translation>
    </message>
    <message>
        <source>Writes a time by the letters of its format, as “iso” or as “unix”; in UTC where no tz= is given.</source>
        <translation>Schreibt eine Zeit nach den Buchstaben ihres Formats, als „iso“ oder als „unix“; in UTC, wo kein tz= angegeben ist.</translation>
    </message>
    <message>
        <source>one path</source>
        <translation>einen Pfad</translation>
    </message>
    <message>
        <source>This text in quotes is not closed before the braces are; %1 cannot stand in it.</source>
        <translation>Dieser Text in Anführungszeichen ist nicht vor den geschweiften Klammern geschlossen; %1 kann nicht darin stehen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is unknown; known are %2.</source>
        <translation>„%1“ ist unbekannt; bekannt sind %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is unknown; the nearest known one is &quot;%2&quot;.</source>
        <translation>„%1“ ist unbekannt; das ähnlichste Bekannte ist „%2“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not in the event&apos;s payload schema; a text stands in quotes.</source>
        <translation>„%1“ steht nicht im Payload-Schema des Ereignisses; ein Text steht in Anführungszeichen.</translation>
    </message>
    <message>
        <source>The event, whatever block is around.</source>
        <translation>Das Ereignis, in welchem Block auch immer.</translation>
    </message>
    <message>
        <source>The name of this webhook.</source>
        <translation>Der Name dieses Webhooks.</translation>
    </message>
    <message>
        <source>The delivery&apos;s id, the same in every attempt: the value of webhook-id.</source>
        <translation>Die ID der Zustellung, in jedem Versuch dieselbe: der Wert von webhook-id.</translation>
    </message>
    <message>
        <source>The number of the attempt, counted from 1.</source>
        <translation>Die Nummer des Versuchs, von 1 an gezählt.</translation>
    </message>
    <message>
        <source>True in a Test.</source>
        <translation>Wahr in einem Test.</translation>
    </message>
    <message>
        <source>The host holds no placeholder: what a webhook is sent to must not depend on an event. Placeholders stand in path and query.</source>
        <translation>Der Host enthält keinen Platzhalter: Wohin ein Webhook gesendet wird, darf nicht von einem Ereignis abhängen. Platzhalter stehen in Pfad und Query.</translation>
    </message>
    <message>
        <source>%1 is true</source>
        <translation>%1 wahr ist</translation>
    </message>
    <message>
        <source>%1 is false</source>
        <translation>%1 falsch ist</translation>
    </message>
    <message>
        <source>What the template makes of this event is larger than 1 MiB.</source>
        <translation>Was die Vorlage aus diesem Ereignis macht, ist größer als 1 MiB.</translation>
    </message>
    <message>
        <source>With this event the template does not render to JSON from here on.</source>
        <translation>Mit diesem Ereignis ergibt die Vorlage von hier an kein JSON.</translation>
    </message>
    <message>
        <source>Values are compared by helpers: write {{#%1 (eq data.status &quot;Error&quot;)}}.</source>
        <translation>Werte werden durch Helfer verglichen: Schreiben Sie {{#%1 (eq data.status &quot;Error&quot;)}}.</translation>
    </message>
    <message>
        <source>A helper stands before what it takes: write {{#%1 (%2)}}.</source>
        <translation>Ein Helfer steht vor dem, was er nimmt: Schreiben Sie {{#%1 (%2)}}.</translation>
    </message>
    <message>
        <source>A secret does not stand in what a helper is given: write it between blocks, as in {{#if path}}${secret:a}{{else}}${secret:b}{{/if}}.</source>
        <translation>Ein Geheimnis steht nicht in dem, was einem Helfer gegeben wird: Schreiben Sie es zwischen Blöcke, wie in {{#if path}}${secret:a}{{else}}${secret:b}{{/if}}.</translation>
    </message>
    <message>
        <source>With this event a placeholder in the URL&apos;s path holds a slash, which may lead to another resource: write it behind a ?, or replace the slash, as in %1.</source>
        <translation>Mit diesem Ereignis enthält ein Platzhalter im Pfad der URL einen Schrägstrich, der zu einer anderen Ressource führen kann: ihn hinter ein ? schreiben oder den Schrägstrich ersetzen, wie in %1.</translation>
    </message>
    <message>
        <source>With this event a placeholder in the URL&apos;s path makes a segment of dots, which would lead to another resource: write a text of your own in front of it.</source>
        <translation>Mit diesem Ereignis ergibt ein Platzhalter im Pfad der URL ein Segment aus Punkten, das zu einer anderen Ressource führen würde: einen eigenen Text davor schreiben.</translation>
    </message>
    <message>
        <source>What is replaced, and by what, stands in quotes: write {{%1}}.</source>
        <translation>Was ersetzt wird und wodurch, steht in Anführungszeichen: {{%1}} schreiben.</translation>
    </message>
    <message>
        <source>What is replaced is at least one character long.</source>
        <translation>Was ersetzt wird, ist mindestens ein Zeichen lang.</translation>
    </message>
    <message>
        <source>Writes no more than so many characters of a text, the … at its end included; an emoji counts as two or more, as in JavaScript and Java (UTF-16).</source>
        <translation>Schreibt höchstens so viele Zeichen eines Textes, das … am Ende eingeschlossen; ein Emoji zählt als zwei oder mehr, wie in JavaScript und Java (UTF-16).</translation>
    </message>
    <message>
        <source>a value, and pairs of a text in quotes and what stands in its place</source>
        <translation>ein Wert, und Paare aus einem Text in Anführungszeichen und dem, was an seiner Stelle steht</translation>
    </message>
    <message>
        <source>Writes a text with another text in the place of each that it names; \n is a line break.</source>
        <translation>Schreibt einen Text mit einem anderen Text an der Stelle jedes genannten; \n ist ein Zeilenumbruch.</translation>
    </message>
</context>
<context>
    <name>Tocsin::BodyText</name>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>binary, shown in hexadecimal</source>
        <translation>binär, hexadezimal dargestellt</translation>
    </message>
</context>
<context>
    <name>Tocsin::BodyView</name>
    <message>
        <source>Body</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>Make a validator</source>
        <translation>Antwortprüfung anlegen</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>Show the body as it was on the wire</source>
        <translation>Den Body so anzeigen, wie er übertragen wurde</translation>
    </message>
    <message>
        <source>Copy body</source>
        <translation>Body kopieren</translation>
    </message>
    <message>
        <source>Expect the value under the cursor in the response</source>
        <translation>Den Wert unter dem Cursor in der Antwort erwarten</translation>
    </message>
    <message>
        <source>The body was longer: only its first %1 were read.</source>
        <translation>Der Body war länger: Nur die ersten %1 wurden gelesen.</translation>
    </message>
    <message>
        <source>Only the beginning is shown.</source>
        <translation>Nur der Anfang wird angezeigt.</translation>
    </message>
    <message>
        <source>read as %1</source>
        <translation>gelesen als %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::BusyIndicator</name>
    <message>
        <source>Under way</source>
        <translation>In Arbeit</translation>
    </message>
</context>
<context>
    <name>Tocsin::CertificateAuthority</name>
    <message>
        <source>The certificate could not be made: OpenSSL said “%1”.</source>
        <translation>Das Zertifikat konnte nicht erstellt werden: OpenSSL meldete „%1“.</translation>
    </message>
    <message>
        <source>The receiver&apos;s authority cannot be kept in %1: %2.</source>
        <translation>Die Zertifizierungsstelle des Empfängers lässt sich nicht in %1 ablegen: %2.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ChartAxis</name>
    <message>
        <source>d MMM</source>
        <comment>day and month, as QDateTime::toString takes it</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>Tocsin::CheckCommand</name>
    <message>
        <source>look at everything but the request: template, secrets, name, TLS, days left, token</source>
        <translation>alles außer der Anfrage prüfen: Vorlage, Geheimnisse, Name, TLS, verbleibende Tage, Token</translation>
    </message>
    <message>
        <source>tocsinctl: There is no active webhook to check.</source>
        <translation>tocsinctl: Es gibt keinen aktiven Webhook zu prüfen.</translation>
    </message>
    <message>
        <source>tocsinctl: The check was stopped before its end.</source>
        <translation>tocsinctl: Die Prüfung wurde vor ihrem Ende abgebrochen.</translation>
    </message>
    <message>
        <source>tocsinctl: There is no webhook named &quot;%1&quot;.</source>
        <translation>tocsinctl: Es gibt keinen Webhook namens „%1“.</translation>
    </message>
    <message>
        <source>tocsinctl: There is no webhook named &quot;%1&quot;; the nearest is &quot;%2&quot;.</source>
        <translation>tocsinctl: Es gibt keinen Webhook namens „%1“; der ähnlichste ist „%2“.</translation>
    </message>
</context>
<context>
    <name>Tocsin::CheckJob</name>
    <message>
        <source>All fields are as they should be.</source>
        <translation>Alle Felder sind, wie sie sein sollen.</translation>
    </message>
    <message>
        <source>The profile is not open.</source>
        <translation>Das Profil ist nicht geöffnet.</translation>
    </message>
    <message numerus="yes">
        <source>%n secret(s) can be read.</source>
        <translation>
            <numerusform>%n Geheimnis kann gelesen werden.</numerusform>
            <numerusform>%n Geheimnisse können gelesen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The secret %1 is a token that expired on %2.</source>
        <translation>Das Geheimnis %1 ist ein Token, das am %2 abgelaufen ist.</translation>
    </message>
    <message numerus="yes">
        <source>The secret %1 is a token that is valid until %2: %n day(s) left.</source>
        <translation>
            <numerusform>Das Geheimnis %1 ist ein Token, das bis %2 gilt: noch %n Tag.</numerusform>
            <numerusform>Das Geheimnis %1 ist ein Token, das bis %2 gilt: noch %n Tage.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the signing secret from the receiver again.</source>
        <translation>Kopieren Sie das Signiergeheimnis noch einmal vom Empfänger.</translation>
    </message>
    <message>
        <source>Not tried, as the webhook is not in order.</source>
        <translation>Nicht versucht, da der Webhook nicht in Ordnung ist.</translation>
    </message>
    <message>
        <source>Not asked for, as the webhook is not in order.</source>
        <translation>Nicht angefordert, da der Webhook nicht in Ordnung ist.</translation>
    </message>
    <message>
        <source>The secret “%1” is empty or still holds what is left to you to fill in (YOUR…).</source>
        <translation>Das Geheimnis „%1“ ist leer oder enthält noch, was auszufüllen ist (YOUR…).</translation>
    </message>
    <message>
        <source>Put your own value there.</source>
        <translation>Den eigenen Wert eintragen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::CheckLines</name>
    <message>
        <source>The check of &quot;%1&quot; failed: %2</source>
        <translation>Die Prüfung von „%1“ ist fehlgeschlagen: %2</translation>
    </message>
    <message>
        <source>The check of &quot;%1&quot; warns: %2</source>
        <translation>Die Prüfung von „%1“ warnt: %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::CheckRun</name>
    <message>
        <source>The check was cancelled.</source>
        <translation>Die Prüfung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Check failed: %1</source>
        <translation>Prüfung fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>Check with a warning: %1</source>
        <translation>Prüfung mit Warnung: %1</translation>
    </message>
    <message>
        <source>Check successful; nothing was sent</source>
        <translation>Prüfung erfolgreich; nichts wurde gesendet</translation>
    </message>
    <message>
        <source>Not checked: %1</source>
        <translation>Nicht geprüft: %1</translation>
    </message>
    <message>
        <source>Waiting for the keychain…</source>
        <translation>Warten auf den Schlüsselbund…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Before the last change: %1</source>
        <translation>Vor der letzten Änderung: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::CheckView</name>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>What the check found</source>
        <translation>Was die Prüfung ergab</translation>
    </message>
    <message>
        <source>After a check, this shows what it found: template, secrets, name, connection, certificates and token. The target is sent nothing.</source>
        <translation>Nach einer Prüfung steht hier, was sie ergab: Vorlage, Geheimnisse, Name, Verbindung, Zertifikate und Token. Dem Ziel wird nichts gesendet.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what was checked, and how it is</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
</context>
<context>
    <name>Tocsin::ChecklistButton</name>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
</context>
<context>
    <name>Tocsin::ChecklistPopup</name>
    <message>
        <source>Search, or type another and press Enter</source>
        <translation>Suchen oder Wert eingeben, Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Search or add</source>
        <translation>Suchen oder hinzufügen</translation>
    </message>
    <message>
        <source>Nothing is known yet; type a value and press Enter.</source>
        <translation>Noch ist nichts bekannt; einen Wert eingeben und die Eingabetaste drücken.</translation>
    </message>
    <message>
        <source>If none is checked: %1</source>
        <translation>Ohne Auswahl: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::ChipsEdit</name>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>Tocsin::ClosingWindow</name>
    <message>
        <source>Closing Tocsin</source>
        <translation>Tocsin wird beendet</translation>
    </message>
    <message>
        <source>Quit Now</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>What is on the wire is cut off; it will be delivered again.</source>
        <translation>Was gerade gesendet wird, wird abgebrochen und später erneut zugestellt.</translation>
    </message>
    <message numerus="yes">
        <source>Ending %n request(s) on the wire.</source>
        <translation>
            <numerusform>%n laufende Anfrage wird noch beendet.</numerusform>
            <numerusform>%n laufende Anfragen werden noch beendet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::CodeEditor</name>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Type: %1</source>
        <translation>Typ: %1</translation>
    </message>
    <message>
        <source>Sample: %1</source>
        <translation>Beispiel: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::CodeHint</name>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>Tocsin::CommandLine</name>
    <message>
        <source>the profile&apos;s folder (else TOCSIN_PROFILE, else the user&apos;s own)</source>
        <translation>der Ordner des Profils (sonst TOCSIN_PROFILE, sonst der des Benutzers)</translation>
    </message>
    <message>
        <source>a folder with a file for each secret, in place of the keychain (else CREDENTIALS_DIRECTORY)</source>
        <translation>ein Ordner mit einer Datei je Geheimnis anstelle des Schlüsselbunds (sonst CREDENTIALS_DIRECTORY)</translation>
    </message>
    <message>
        <source>print machine-readable results</source>
        <translation>maschinenlesbare Ergebnisse ausgeben</translation>
    </message>
    <message>
        <source>explain, and do nothing</source>
        <translation>erklären und nichts ausführen</translation>
    </message>
    <message>
        <source>print the version, and do nothing</source>
        <translation>die Version ausgeben und nichts ausführen</translation>
    </message>
    <message>
        <source>There is no option %1.</source>
        <translation>Die Option %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>The option %1 takes no value.</source>
        <translation>Die Option %1 nimmt keinen Wert.</translation>
    </message>
    <message>
        <source>The option %1 needs a value: %2.</source>
        <translation>Die Option %1 braucht einen Wert: %2.</translation>
    </message>
    <message>
        <source>The command %1 has no option --%2.</source>
        <translation>Der Befehl %1 hat keine Option --%2.</translation>
    </message>
    <message>
        <source>The option --%1 stands here twice.</source>
        <translation>Die Option --%1 steht hier zweimal.</translation>
    </message>
    <message>
        <source>The option --%1 needs a value.</source>
        <translation>Die Option --%1 braucht einen Wert.</translation>
    </message>
    <message>
        <source>The command %1 needs %2.</source>
        <translation>Der Befehl %1 braucht %2.</translation>
    </message>
    <message>
        <source>The command %1 takes fewer arguments than these.</source>
        <translation>Der Befehl %1 nimmt weniger Argumente als diese.</translation>
    </message>
    <message>
        <source>There is no command.</source>
        <translation>Es fehlt ein Befehl.</translation>
    </message>
    <message>
        <source>There is no command &quot;%1&quot;.</source>
        <translation>Den Befehl „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>After %1 comes one of: %2.</source>
        <translation>Nach %1 folgt eines von: %2.</translation>
    </message>
    <message>
        <source>Usage: tocsinctl [OPTION …] COMMAND</source>
        <translation>Verwendung: tocsinctl [OPTION …] BEFEHL</translation>
    </message>
    <message>
        <source>Configure webhooks, test them, and see what they send, without a window.</source>
        <translation>Webhooks ohne Fenster einrichten, testen und ansehen, was sie senden.</translation>
    </message>
    <message>
        <source>Commands:</source>
        <translation>Befehle:</translation>
    </message>
    <message>
        <source>Options of every command:</source>
        <translation>Optionen aller Befehle:</translation>
    </message>
    <message>
        <source>What has a / or ends in .json is a file, anything else a stored webhook&apos;s name.</source>
        <translation>Was ein / enthält oder auf .json endet, ist eine Datei, alles andere der Name eines gespeicherten Webhooks.</translation>
    </message>
    <message>
        <source>Usage: tocsinctl %1</source>
        <translation>Verwendung: tocsinctl %1</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>See: %1</source>
        <translation>Siehe: %1</translation>
    </message>
    <message>
        <source>tocsinctl: Standard output could not be written to.</source>
        <translation>tocsinctl: In die Standardausgabe konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Exit status: 0 done, 1 the test or check failed, 2 the input or the call is wrong.</source>
        <translation>Rückgabewert: 0 erledigt, 1 Test oder Prüfung fehlgeschlagen, 2 Eingabe oder Aufruf falsch.</translation>
    </message>
</context>
<context>
    <name>Tocsin::CompareDialog</name>
    <message>
        <source>Changed elsewhere</source>
        <translation>Anderswo geändert</translation>
    </message>
    <message>
        <source>What is stored and what stands here are the same.</source>
        <translation>Was gespeichert ist und was hier steht, ist gleich.</translation>
    </message>
    <message>
        <source>What is stored and what stands here differ in:</source>
        <translation>Was gespeichert ist und was hier steht, unterscheidet sich in:</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Anderswo</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>Re&amp;load</source>
        <translation>&amp;Neu laden</translation>
    </message>
    <message>
        <source>&amp;Keep Mine</source>
        <translation>Meins &amp;behalten</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>Tried once</source>
        <translation>Einmal versucht</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>%L1 a minute</source>
        <translation>%L1 je Minute</translation>
    </message>
</context>
<context>
    <name>Tocsin::CompletionList</name>
    <message>
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
</context>
<context>
    <name>Tocsin::ConflictBar</name>
    <message>
        <source>Re&amp;load</source>
        <translation>&amp;Neu laden</translation>
    </message>
    <message>
        <source>&amp;Keep Mine</source>
        <translation>Meins &amp;behalten</translation>
    </message>
    <message>
        <source>C&amp;ompare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Show what is stored now; what was typed here can be brought back by Undo</source>
        <translation>Zeigen, was jetzt gespeichert ist; was hier eingegeben wurde, holt Rückgängig zurück</translation>
    </message>
    <message>
        <source>Save Webhook replaces what is stored by what stands here</source>
        <translation>Webhook speichern ersetzt das Gespeicherte durch das, was hier steht</translation>
    </message>
    <message>
        <source>Where both differ</source>
        <translation>Worin sich beide unterscheiden</translation>
    </message>
    <message>
        <source>This webhook was changed elsewhere while it is being edited here.</source>
        <translation>Dieser Webhook wurde anderswo geändert, während er hier bearbeitet wird.</translation>
    </message>
    <message>
        <source>This webhook was deleted elsewhere; Save Webhook adds it again.</source>
        <translation>Dieser Webhook wurde anderswo gelöscht; Webhook speichern legt ihn wieder an.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Connection</name>
    <message>
        <source>The target asked for a client certificate; “%1” was sent.</source>
        <translation>Das Ziel verlangte ein Client-Zertifikat; „%1“ wurde gesendet.</translation>
    </message>
    <message>
        <source>The target asked for a client certificate; none was sent.</source>
        <translation>Das Ziel verlangte ein Client-Zertifikat; keines wurde gesendet.</translation>
    </message>
    <message>
        <source>Connection reused: it was opened for an earlier request.</source>
        <translation>Verbindung wiederverwendet: Sie wurde für eine frühere Anfrage geöffnet.</translation>
    </message>
    <message>
        <source>TLS session resumed: certificates were shown in an earlier connection.</source>
        <translation>TLS-Sitzung fortgesetzt: Zertifikate wurden in einer früheren Verbindung gezeigt.</translation>
    </message>
    <message>
        <source>The proxy looks the name up itself, so the rule about link-local addresses can judge only the name or address in the URL.</source>
        <translation>Der Proxy löst den Namen selbst auf, deshalb kann die Regel über link-lokale Adressen nur den Namen oder die Adresse in der URL beurteilen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ConnectionCheck</name>
    <message>
        <source>Not reached.</source>
        <translation>Nicht erreicht.</translation>
    </message>
    <message>
        <source>“%1” of the token endpoint</source>
        <translation>„%1“ des Token-Endpunkts</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message numerus="yes">
        <source>%1 is valid until %2: %n day(s) left.</source>
        <translation>
            <numerusform>%1 ist bis %2 gültig: noch %n Tag.</numerusform>
            <numerusform>%1 ist bis %2 gültig: noch %n Tage.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is valid only from %2.</source>
        <translation>%1 ist erst ab %2 gültig.</translation>
    </message>
    <message>
        <source>%1 expired on %2.</source>
        <translation>%1 ist am %2 abgelaufen.</translation>
    </message>
    <message>
        <source>Connected in %L1 ms.</source>
        <translation>In %L1 ms verbunden.</translation>
    </message>
    <message>
        <source>Connected in %L1 ms through the proxy %2, which looks the name up itself.</source>
        <translation>In %L1 ms über den Proxy %2 verbunden, der den Namen selbst nachschlägt.</translation>
    </message>
    <message>
        <source>%1; the certificate “%2” is for %3, and its authority is trusted.</source>
        <translation>%1; das Zertifikat „%2“ gilt für %3, und seiner Zertifizierungsstelle wird vertraut.</translation>
    </message>
    <message>
        <source>%1; the target asks for a client certificate, and this webhook has none.</source>
        <translation>%1; das Ziel verlangt ein Client-Zertifikat, und dieser Webhook hat keines.</translation>
    </message>
    <message>
        <source>Where the target insists on one, put it and its key into Advanced.</source>
        <translation>Wenn das Ziel darauf besteht, tragen Sie es mit seinem Schlüssel unter Erweitert ein.</translation>
    </message>
    <message>
        <source>%1 was found in %L2 ms.</source>
        <translation>%1 wurde in %L2 ms gefunden.</translation>
    </message>
    <message>
        <source>Have the target&apos;s certificate renewed before it ends.</source>
        <translation>Lassen Sie das Zertifikat des Ziels erneuern, bevor es abläuft.</translation>
    </message>
    <message>
        <source>A token was given that is over at once.</source>
        <translation>Es wurde ein Token ausgestellt, das sofort abgelaufen ist.</translation>
    </message>
    <message>
        <source>Check the clock and the settings of the authorization server.</source>
        <translation>Prüfen Sie die Uhr und die Einstellungen des Autorisierungsservers.</translation>
    </message>
    <message numerus="yes">
        <source>A token was given, for %n second(s).</source>
        <translation>
            <numerusform>Ein Token wurde ausgestellt, für %n Sekunde.</numerusform>
            <numerusform>Ein Token wurde ausgestellt, für %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>A token was given.</source>
        <translation>Ein Token wurde ausgestellt.</translation>
    </message>
    <message>
        <source>Have the token endpoint&apos;s certificate renewed before it ends.</source>
        <translation>Lassen Sie das Zertifikat des Token-Endpunkts erneuern, bevor es abläuft.</translation>
    </message>
    <message>
        <source>Put a new client certificate and its key into Advanced.</source>
        <translation>Tragen Sie unter Erweitert ein neues Client-Zertifikat mit seinem Schlüssel ein.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Copying</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Tocsin::CredentialsFolderStore</name>
    <message>
        <source>There is no credentials folder %1: name one that exists.</source>
        <translation>Den Zugangsdatenordner %1 gibt es nicht: einen vorhandenen angeben.</translation>
    </message>
    <message>
        <source>The credentials folder holds no secret “%1”: there is no file %2.</source>
        <translation>Der Zugangsdatenordner enthält kein Geheimnis „%1“: Die Datei %2 gibt es nicht.</translation>
    </message>
    <message>
        <source>The credential %1 is not a regular file.</source>
        <translation>Die Zugangsdaten %1 sind keine reguläre Datei.</translation>
    </message>
    <message>
        <source>The credential %1 may be read by others: give it the mode 0600 or 0400.</source>
        <translation>Die Zugangsdaten %1 sind für andere lesbar: den Modus 0600 oder 0400 setzen.</translation>
    </message>
    <message>
        <source>The credential %1 belongs to another user: it must be owned by the user Tocsin runs as, or by root.</source>
        <translation>Die Zugangsdaten %1 gehören einem anderen Benutzer: Eigentümer muss der Benutzer sein, unter dem Tocsin läuft, oder root.</translation>
    </message>
    <message>
        <source>The credential %1 is larger than 1 MiB.</source>
        <translation>Die Zugangsdaten %1 sind größer als 1 MiB.</translation>
    </message>
    <message>
        <source>The credential %1 cannot be read: %2.</source>
        <translation>Die Zugangsdaten %1 können nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The credential %1 is not UTF-8 text.</source>
        <translation>Die Zugangsdaten %1 sind kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>The credentials folder %1 is only read: put the secret there as a file of its own.</source>
        <translation>Der Zugangsdatenordner %1 wird nur gelesen: das Geheimnis dort als eigene Datei ablegen.</translation>
    </message>
    <message>
        <source>Others may write to the credentials folder %1: give it the mode 0700 (chmod 700).</source>
        <translation>In den Zugangsdatenordner %1 dürfen andere schreiben: Er braucht den Modus 0700 (chmod 700).</translation>
    </message>
    <message>
        <source>The credentials folder %1 belongs to another user: it must be owned by the user Tocsin runs as, or by root.</source>
        <translation>Der Zugangsdatenordner %1 gehört einem anderen Benutzer: Er muss dem Benutzer gehören, als der Tocsin läuft, oder root.</translation>
    </message>
    <message>
        <source>The credentials folder %1 cannot be read: %2.</source>
        <translation>Der Zugangsdatenordner %1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>The credential was not read: cancelled.</source>
        <translation>Die Zugangsdaten wurden nicht gelesen: abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::CurlReply</name>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::CurlTransfer</name>
    <message>
        <source>its body is not what its Content-Encoding says: damaged or cut short</source>
        <translation>der Body ist nicht, was sein Content-Encoding sagt: beschädigt oder abgeschnitten</translation>
    </message>
    <message>
        <source>a chunk of its body has no valid size</source>
        <translation>ein Stück (chunk) des Bodys hat keine gültige Größe</translation>
    </message>
    <message>
        <source>a field of its header is larger than 100 KiB</source>
        <translation>ein Feld des Headers ist größer als 100 KiB</translation>
    </message>
    <message>
        <source>its Transfer-Encoding is none that HTTP knows</source>
        <translation>das Transfer-Encoding ist keines, das HTTP kennt</translation>
    </message>
    <message>
        <source>it does not begin as an answer of HTTP does, or its header is not in order</source>
        <translation>sie beginnt nicht wie eine HTTP-Antwort, oder ihr Header ist nicht in Ordnung</translation>
    </message>
    <message>
        <source>the system&apos;s settings do not name it as host:port</source>
        <translation>die Einstellungen des Systems nennen ihn nicht als Host:Port</translation>
    </message>
    <message>
        <source>a chunk of its body, or what follows the last one, is not in order</source>
        <translation>ein Stück (chunk) ihres Bodys oder was dem letzten folgt ist nicht in Ordnung</translation>
    </message>
</context>
<context>
    <name>Tocsin::Database</name>
    <message>
        <source>The database %1 cannot be opened: Qt&apos;s SQLite driver is not installed.</source>
        <translation>Die Datenbank %1 kann nicht geöffnet werden: Der SQLite-Treiber von Qt ist nicht installiert.</translation>
    </message>
    <message>
        <source>The database %1 belongs to another program: use another profile folder.</source>
        <translation>Die Datenbank %1 gehört zu einem anderen Programm: einen anderen Profilordner verwenden.</translation>
    </message>
    <message>
        <source>The database %1 was written by a newer version of Tocsin (its schema is %2, this version knows %3): use that version.</source>
        <translation>Die Datenbank %1 wurde von einer neueren Version von Tocsin geschrieben (ihr Schema ist %2, diese Version kennt %3): jene Version verwenden.</translation>
    </message>
    <message numerus="yes">
        <source>The database %1 is busy: another program has kept it from being written for %n second(s).</source>
        <translation>
            <numerusform>Die Datenbank %1 ist belegt: Ein anderes Programm verhindert seit %n Sekunde das Schreiben.</numerusform>
            <numerusform>Die Datenbank %1 ist belegt: Ein anderes Programm verhindert seit %n Sekunden das Schreiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>The database %1 is read-only: it needs to be read and written by the user Tocsin runs as.</source>
        <translation>Die Datenbank %1 ist schreibgeschützt: Der Benutzer, unter dem Tocsin läuft, muss sie lesen und schreiben können.</translation>
    </message>
    <message>
        <source>The database %1 is damaged: put back a copy of it, or move it away to begin anew.</source>
        <translation>Die Datenbank %1 ist beschädigt: eine Kopie zurückspielen oder die Datei verschieben, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>The database %1 cannot be written because the disk is full: make room on it.</source>
        <translation>Die Datenbank %1 kann nicht geschrieben werden, weil der Datenträger voll ist: dort Platz schaffen.</translation>
    </message>
    <message>
        <source>The database %1 cannot be read or written: the disk is full, has a limit, or fails (%2).</source>
        <translation>Die Datenbank %1 kann nicht gelesen oder geschrieben werden: Der Datenträger ist voll, begrenzt oder fehlerhaft (%2).</translation>
    </message>
    <message>
        <source>The database %1 cannot be opened: its folder needs to be read and written by the user Tocsin runs as.</source>
        <translation>Die Datenbank %1 kann nicht geöffnet werden: Der Benutzer, unter dem Tocsin läuft, muss ihren Ordner lesen und schreiben können.</translation>
    </message>
    <message>
        <source>The file %1 is not a database: put back a copy of it, or move it away to begin anew.</source>
        <translation>Die Datei %1 ist keine Datenbank: eine Kopie zurückspielen oder die Datei verschieben, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>The database %1 cannot do this: %2.</source>
        <translation>Die Datenbank %1 kann dies nicht ausführen: %2.</translation>
    </message>
</context>
<context>
    <name>Tocsin::DatabaseFile</name>
    <message>
        <source>The profile %1 is a file: a profile is a folder.</source>
        <translation>Das Profil %1 ist eine Datei: Ein Profil ist ein Ordner.</translation>
    </message>
    <message>
        <source>The profile folder %1 cannot be made: %2.</source>
        <translation>Der Profilordner %1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>The profile folder %1 is read-only: a profile needs a folder that may be written to.</source>
        <translation>Der Profilordner %1 ist schreibgeschützt: Ein Profil braucht einen beschreibbaren Ordner.</translation>
    </message>
    <message>
        <source>The database %1 cannot be made: %2.</source>
        <translation>Die Datenbank %1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>The database %1 is not a file: move away what stands there.</source>
        <translation>Die Datenbank %1 ist keine Datei: verschieben, was dort liegt.</translation>
    </message>
    <message>
        <source>The database %1 is read-only: it needs to be read and written by the user Tocsin runs as.</source>
        <translation>Die Datenbank %1 ist schreibgeschützt: Der Benutzer, unter dem Tocsin läuft, muss sie lesen und schreiben können.</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeathCauseRow</name>
    <message>
        <source>Show these deliveries alone</source>
        <translation>Nur diese Zustellungen zeigen</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message numerus="yes">
        <source>Replay these %Ln</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>Diese eine wiederholen</numerusform>
            <numerusform>Diese %Ln wiederholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Send them again, in their order and under their ids</source>
        <translation>Sie noch einmal senden, in ihrer Reihenfolge und unter ihren Kennungen</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeathCauseText</name>
    <message>
        <source>webhook deactivated or removed</source>
        <translation>Webhook deaktiviert oder entfernt</translation>
    </message>
    <message>
        <source>host not found</source>
        <translation>Host nicht gefunden</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>no trusted connection</source>
        <translation>keine vertrauenswürdige Verbindung</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>keine rechtzeitige Antwort</translation>
    </message>
    <message>
        <source>connection cut off</source>
        <translation>Verbindung abgebrochen</translation>
    </message>
    <message>
        <source>broken HTTP</source>
        <translation>fehlerhaftes HTTP</translation>
    </message>
    <message>
        <source>address not allowed</source>
        <translation>Adresse nicht erlaubt</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>answer not accepted by a validator</source>
        <translation>Antwort von einem Validator nicht akzeptiert</translation>
    </message>
    <message>
        <source>body template failed</source>
        <translation>Body-Vorlage fehlgeschlagen</translation>
    </message>
    <message>
        <source>secret missing</source>
        <translation>Geheimnis fehlt</translation>
    </message>
    <message>
        <source>no access token</source>
        <translation>kein Access Token</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 × %2 from %3</source>
        <comment>how many, an HTTP status, a webhook</comment>
        <translation>%1 × %2 von %3</translation>
    </message>
    <message>
        <source>%1 × %2 · %3</source>
        <comment>how many, what happened, a webhook</comment>
        <translation>%1 × %2 · %3</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>a span of time</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <comment>a field of the form, or a webhook</comment>
        <translation>%1 bearbeiten</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeathCausesView</name>
    <message>
        <source>Causes</source>
        <translation>Ursachen</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeathNotice</name>
    <message>
        <source>A delivery to %1 is dead</source>
        <translation>Eine Zustellung an %1 ist tot</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more webhook(s)</source>
        <translation>
            <numerusform>und %n weiterer Webhook</numerusform>
            <numerusform>und %n weitere Webhooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries to %1 are dead</source>
        <translation>
            <numerusform>%Ln Zustellung an %1 ist tot</numerusform>
            <numerusform>%Ln Zustellungen an %1 sind tot</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries are dead</source>
        <translation>
            <numerusform>%Ln Zustellung ist tot</numerusform>
            <numerusform>%Ln Zustellungen sind tot</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Deliverer</name>
    <message>
        <source>The webhook &quot;%1&quot; waits: %2</source>
        <translation>Der Webhook „%1“ wartet: %2</translation>
    </message>
    <message>
        <source>The target answered 410 Gone, so the webhook was deactivated.</source>
        <translation>Das Ziel antwortete mit 410 Gone; der Webhook wurde deaktiviert.</translation>
    </message>
    <message>
        <source>Given up at attempt %1: %2</source>
        <translation>Beim Versuch %1 aufgegeben: %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveriesChart</name>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln zugestellt</numerusform>
            <numerusform>%Ln zugestellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed attempt(s)</source>
        <translation>
            <numerusform>%Ln fehlgeschlagener Versuch</numerusform>
            <numerusform>%Ln fehlgeschlagene Versuche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln dead</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln tot</numerusform>
            <numerusform>%Ln tot</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln matches</source>
        <translation>
            <numerusform>Der neueste Treffer</numerusform>
            <numerusform>Die neuesten %Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a time, what ended in it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>failed, tried again</source>
        <translation>fehlgeschlagen, noch einmal versucht</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>tot</translation>
    </message>
    <message>
        <source>a click on the bar shows all again</source>
        <translation>ein Klick auf den Balken zeigt wieder alle</translation>
    </message>
    <message>
        <source>a click on a bar filters</source>
        <translation>ein Klick auf einen Balken filtert</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveriesModel</name>
    <message>
        <source>Next attempt: %1</source>
        <translation>Nächster Versuch: %1</translation>
    </message>
    <message>
        <source>%1 (%2, %3)</source>
        <translation>%1 (%2, %3)</translation>
    </message>
    <message>
        <source>When the event was accepted</source>
        <translation>Wann das Ereignis angenommen wurde</translation>
    </message>
    <message>
        <source>How long the last attempt took</source>
        <translation>Wie lange der letzte Versuch dauerte</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Until: %1</source>
        <translation>Bis: %1</translation>
    </message>
    <message>
        <source>Expires: %1</source>
        <translation>Läuft ab: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveriesPage</name>
    <message>
        <source>Deliveries</source>
        <translation>Zustellungen</translation>
    </message>
    <message>
        <source>All webhooks</source>
        <translation>Alle Webhooks</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>All</source>
        <comment>deliveries of any age</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All</source>
        <comment>deliveries of any state</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>Tot</translation>
    </message>
    <message>
        <source>Pending, being sent, or waiting for the next attempt</source>
        <translation>Steht an, wird gesendet oder wartet auf den nächsten Versuch</translation>
    </message>
    <message>
        <source>No deliveries yet</source>
        <translation>Noch keine Zustellungen</translation>
    </message>
    <message>
        <source>When an integration turns Warning or Error, this page shows which webhooks were called, what was sent and what came back, and what still waits.</source>
        <translation>Wenn eine Integration auf Warning oder Error wechselt, zeigt diese Seite, welche Webhooks aufgerufen wurden, was gesendet wurde, was zurückkam und was noch wartet.</translation>
    </message>
    <message>
        <source>Add Webhook</source>
        <translation>Webhook hinzufügen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No delivery is in this state, of this webhook, from this time and with these words.</source>
        <translation>Keine Zustellung hat diesen Zustand, diesen Webhook, diese Zeit und diese Wörter.</translation>
    </message>
    <message>
        <source>%1+</source>
        <comment>a count, and there are more</comment>
        <translation>%1+</translation>
    </message>
    <message>
        <source>Replay All &amp;Dead of</source>
        <translation>Alle &amp;toten wiederholen von</translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Replay %Ln Selected</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln ausgewählte &amp;wiederholen</numerusform>
            <numerusform>%Ln ausgewählte &amp;wiederholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show other times than %1, too</source>
        <translation>Auch andere Zeiten als %1 zeigen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a webhook, how many dead deliveries</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Send Event…</source>
        <translation>Ereignis senden…</translation>
    </message>
    <message>
        <source>Clear Filters</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message numerus="yes">
        <source>Nothing was copied: more than %Ln deliveries are selected.</source>
        <translation>
            <numerusform>Nichts wurde kopiert: Mehr als %Ln Zustellung ist ausgewählt.</numerusform>
            <numerusform>Nichts wurde kopiert: Mehr als %Ln Zustellungen sind ausgewählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Group by Cause</source>
        <translation>Nach Ursache gruppieren</translation>
    </message>
    <message>
        <source>Show the dead deliveries by what they died of</source>
        <translation>Die toten Zustellungen danach zeigen, woran sie gestorben sind</translation>
    </message>
    <message>
        <source>Show other integrations than %1, too</source>
        <translation>Auch andere Integrationen als %1 zeigen</translation>
    </message>
    <message>
        <source>Superseded</source>
        <translation>Überholt</translation>
    </message>
    <message>
        <source>Not sent, since a newer status of the integration made them pointless</source>
        <translation>Nicht gesendet, da ein neuerer Status der Integration sie gegenstandslos gemacht hat</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryBanner</name>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Send this delivery again, with the same webhook-id</source>
        <translation>Diese Zustellung mit derselben webhook-id erneut senden</translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation>Bereich schließen</translation>
    </message>
    <message>
        <source>Close panel (%1)</source>
        <translation>Bereich schließen (%1)</translation>
    </message>
    <message>
        <source>Delivery dead</source>
        <translation>Zustellung tot</translation>
    </message>
    <message>
        <source>no attempt yet</source>
        <translation>noch kein Versuch</translation>
    </message>
    <message>
        <source>no response</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>attempt %1 of %2</source>
        <translation>Versuch %1 von %2</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>expires %1</source>
        <translation>läuft %1 ab</translation>
    </message>
    <message>
        <source>never tried</source>
        <translation>nie versucht</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryCommands</name>
    <message numerus="yes">
        <source>Replay %Ln deliveries?</source>
        <translation>
            <numerusform>%Ln Zustellung wiederholen?</numerusform>
            <numerusform>%Ln Zustellungen wiederholen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replay all %Ln dead deliveries of %1?</source>
        <translation>
            <numerusform>%Ln tote Zustellung von %1 wiederholen?</numerusform>
            <numerusform>Alle %Ln toten Zustellungen von %1 wiederholen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Each one is sent again with its webhook-id, after what already waits for the same integration. What was sent cannot be taken back.</source>
        <translation>Jede wird mit ihrer webhook-id erneut gesendet, nach dem, was für dieselbe Integration schon wartet. Was gesendet wurde, lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Nothing was replayed: these deliveries are not finished.</source>
        <translation>Nichts wurde wiederholt: Diese Zustellungen sind nicht abgeschlossen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries will be sent again.</source>
        <translation>
            <numerusform>%Ln Zustellung wird erneut gesendet.</numerusform>
            <numerusform>%Ln Zustellungen werden erneut gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replay these %Ln dead deliveries of %1?</source>
        <translation>
            <numerusform>Diese tote Zustellung von %1 wiederholen?</numerusform>
            <numerusform>Diese %Ln toten Zustellungen von %1 wiederholen?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryFilter</name>
    <message>
        <source>those that are %1</source>
        <translation>solche im Zustand %1</translation>
    </message>
    <message>
        <source>those of a webhook</source>
        <translation>die eines Webhooks</translation>
    </message>
    <message>
        <source>those accepted then or later (2026-01-31T08:00, or 2h ago: 2h)</source>
        <translation>die ab dann angenommenen (2026-01-31T08:00, oder vor 2 Stunden: 2h)</translation>
    </message>
    <message>
        <source>tocsinctl: There is no state &quot;%1&quot;; it is one of %2.</source>
        <translation>tocsinctl: Es gibt keinen Zustand „%1“, nur %2.</translation>
    </message>
    <message>
        <source>those that an event caused: its own id, or evt_…</source>
        <translation>die, die ein Ereignis ausgelöst hat: seine eigene ID oder evt_…</translation>
    </message>
    <message>
        <source>tocsinctl: --%1 takes a time such as 2026-01-31T08:00:00Z, or an age such as 90s, 30m, 2h or 7d.</source>
        <translation>tocsinctl: --%1 nimmt eine Zeit wie 2026-01-31T08:00:00Z oder ein Alter wie 90s, 30m, 2h oder 7d.</translation>
    </message>
    <message>
        <source>tocsinctl: --http-status takes a status such as 503, a class such as 5xx, or none, apart by commas.</source>
        <translation>tocsinctl: --http-status nimmt einen Status wie 503, eine Klasse wie 5xx, oder none, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>tocsinctl: There is no integration with the id &quot;%1&quot;.</source>
        <translation>tocsinctl: Es gibt keine Integration mit der Kennung „%1“.</translation>
    </message>
    <message>
        <source>those of an integration</source>
        <translation>die einer Integration</translation>
    </message>
    <message>
        <source>those accepted before then</source>
        <translation>die vorher angenommenen</translation>
    </message>
    <message>
        <source>those whose last attempt was answered so (503, 5xx, several apart by commas; none: not at all)</source>
        <translation>die, deren letzter Versuch so beantwortet wurde (503, 5xx, mehrere durch Kommas getrennt; none: gar nicht)</translation>
    </message>
    <message>
        <source>tocsinctl: --since has to be before --until.</source>
        <translation>tocsinctl: --since muss vor --until liegen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryListCommand</name>
    <message>
        <source>print deliveries, the newest first</source>
        <translation>Zustellungen ausgeben, die neuesten zuerst</translation>
    </message>
    <message>
        <source>at most so many (else %1)</source>
        <translation>höchstens so viele (sonst %1)</translation>
    </message>
    <message>
        <source>tocsinctl: --limit takes a number from 1.</source>
        <translation>tocsinctl: --limit nimmt eine Zahl ab 1.</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>ACCEPTED</source>
        <translation>ANGENOMMEN</translation>
    </message>
    <message>
        <source>WEBHOOK</source>
        <translation>WEBHOOK</translation>
    </message>
    <message>
        <source>INTEGRATION</source>
        <translation>INTEGRATION</translation>
    </message>
    <message>
        <source>STATUS</source>
        <translation>STATUS</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>ATTEMPTS</source>
        <translation>VERSUCHE</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>LAST RESULT</source>
        <translation>LETZTES ERGEBNIS</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryPanel</name>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Own id</source>
        <translation>Eigene ID</translation>
    </message>
    <message>
        <source>The event&apos;s own, as its sender gave it</source>
        <translation>Die des Ereignisses, wie sein Absender sie vergeben hat</translation>
    </message>
    <message>
        <source>Event id</source>
        <translation>Ereignis-ID</translation>
    </message>
    <message>
        <source>webhook-id</source>
        <translation>webhook-id</translation>
    </message>
    <message>
        <source>The delivery&apos;s id, the same on every attempt</source>
        <translation>Die ID der Zustellung, in jedem Versuch dieselbe</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryReplayCommand</name>
    <message>
        <source>deliver again: the ones with these ids, or what the options choose (of the dead, unless they say)</source>
        <translation>erneut zustellen: die mit diesen IDs, oder was die Optionen wählen (sonst von den toten)</translation>
    </message>
    <message>
        <source>tocsinctl: delivery replay takes ids, or options that choose deliveries.</source>
        <translation>tocsinctl: delivery replay nimmt IDs, oder Optionen, die Zustellungen wählen.</translation>
    </message>
    <message>
        <source>To be delivered again: %1</source>
        <translation>Erneut zuzustellen: %1</translation>
    </message>
    <message>
        <source>tocsinctl: There is no delivery with the id &quot;%1&quot;.</source>
        <translation>tocsinctl: Es gibt keine Zustellung mit der ID „%1“.</translation>
    </message>
    <message>
        <source>tocsinctl: Left out, since their webhooks were removed: %1.</source>
        <translation>tocsinctl: Weggelassen, da ihre Webhooks entfernt wurden: %1.</translation>
    </message>
    <message>
        <source>do not ask before what the options choose is replayed</source>
        <translation>nicht fragen, bevor wiederholt wird, was die Optionen wählen</translation>
    </message>
    <message>
        <source>tocsinctl: Nobody can be asked here whether these are to be replayed: say --yes, or look at them first with delivery list.</source>
        <translation>tocsinctl: Hier kann niemand gefragt werden, ob diese zu wiederholen sind: --yes angeben, oder sie zuerst mit delivery list ansehen.</translation>
    </message>
    <message>
        <source>tocsinctl: Nothing was replayed.</source>
        <translation>tocsinctl: Nichts wurde wiederholt.</translation>
    </message>
    <message>
        <source>tocsinctl: The replay was stopped before its end, after %1 of %2.</source>
        <translation>tocsinctl: Die Wiederholung wurde vor ihrem Ende angehalten, nach %1 von %2.</translation>
    </message>
    <message>
        <source>tocsinctl: Left as they are, since they are not finished: %1.</source>
        <translation>tocsinctl: Belassen, da sie nicht beendet sind: %1.</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more webhooks</source>
        <translation>
            <numerusform>und %Ln weiterer Webhook</numerusform>
            <numerusform>und %Ln weitere Webhooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replay %Ln deliveries that are %1 (%2)?</source>
        <translation>
            <numerusform>%Ln Zustellung wiederholen, die %1 ist (%2)?</numerusform>
            <numerusform>%Ln Zustellungen wiederholen, die %1 sind (%2)?</numerusform>
        </translation>
    </message>
    <message>
        <source> or </source>
        <comment>between states</comment>
        <translation> oder </translation>
    </message>
    <message>
        <source>Replayed %1 of %2</source>
        <translation>%1 von %2 wiederholt</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryShowCommand</name>
    <message>
        <source>print a delivery with its event and each of its attempts</source>
        <translation>eine Zustellung mit ihrem Ereignis und jedem ihrer Versuche ausgeben</translation>
    </message>
    <message>
        <source>tocsinctl: There is no delivery with the id &quot;%1&quot;.</source>
        <translation>tocsinctl: Es gibt keine Zustellung mit der ID „%1“.</translation>
    </message>
    <message>
        <source>Delivery %1 (%2) of %3 to %4: %5</source>
        <translation>Zustellung %1 (%2) von %3 an %4: %5</translation>
    </message>
    <message>
        <source>Attempt %1, %2</source>
        <translation>Versuch %1, %2</translation>
    </message>
    <message>
        <source>%1, by its own id %2,</source>
        <translation>%1, nach der eigenen ID %2,</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliverySummary</name>
    <message>
        <source>tried once</source>
        <translation>einmal versucht</translation>
    </message>
    <message>
        <source>retried for about %1</source>
        <translation>etwa %1 lang wiederholt</translation>
    </message>
    <message>
        <source>A field here needs a change</source>
        <translation>Ein Feld hier muss geändert werden</translation>
    </message>
    <message>
        <source>Only the newest status</source>
        <translation>Nur der neueste Status</translation>
    </message>
    <message>
        <source>Every status</source>
        <translation>Jeder Status</translation>
    </message>
    <message>
        <source>after %1 of calm</source>
        <translation>nach %1 Ruhe</translation>
    </message>
    <message>
        <source>as it comes</source>
        <translation>sobald er kommt</translation>
    </message>
    <message>
        <source>at most %L1 a minute</source>
        <translation>höchstens %L1 je Minute</translation>
    </message>
    <message>
        <source>one at a time</source>
        <translation>einer nach dem anderen</translation>
    </message>
    <message>
        <source>%L1 at once</source>
        <translation>%L1 gleichzeitig</translation>
    </message>
    <message>
        <source>for %1 at most</source>
        <translation>höchstens %1 lang</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>what is sent, and how often it is tried</comment>
        <translation>%1; %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryText</name>
    <message>
        <source>Pending</source>
        <translation>Anstehend</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>Tot</translation>
    </message>
    <message>
        <source>Waiting, next %1</source>
        <translation>Wartet, weiter um %1</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>day and month, as QDateTime::toString takes it</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <comment>day, month and year, as QDateTime::toString takes it</comment>
        <translation>d. MMM yyyy HH:mm</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>a span of time</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Superseded</source>
        <translation>Überholt</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stummgeschaltet</translation>
    </message>
    <message>
        <source>Muted until %1</source>
        <translation>Stummgeschaltet bis %1</translation>
    </message>
    <message>
        <source>Settles at %1</source>
        <translation>Beruhigt um %1</translation>
    </message>
    <message>
        <source>Rate, next %1</source>
        <translation>Rate, nächste %1</translation>
    </message>
    <message>
        <source>Muted until unmuted</source>
        <translation>Stummgeschaltet auf unbestimmte Zeit</translation>
    </message>
    <message>
        <source>Waiting for its status to last, %1</source>
        <translation>Wartet, bis ihr Status angehalten hat, %1</translation>
    </message>
    <message>
        <source>Waiting for its webhook&apos;s rate, %1</source>
        <translation>Wartet wegen der Rate ihres Webhooks, %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryWords</name>
    <message>
        <source>%1 waiting · %2 today</source>
        <translation>%1 wartend · %2 heute</translation>
    </message>
    <message>
        <source>Opening deliveries</source>
        <translation>Zustellungen werden geöffnet</translation>
    </message>
    <message>
        <source>The profile&apos;s deliveries are being opened.</source>
        <translation>Die Zustellungen des Profils werden geöffnet.</translation>
    </message>
    <message>
        <source>Not delivering</source>
        <translation>Keine Zustellung</translation>
    </message>
    <message>
        <source>Events are kept until “Deliver while the window is open” is on, in Settings.</source>
        <translation>Ereignisse werden aufbewahrt, bis in den Einstellungen „Zustellen, solange das Fenster offen ist“ eingeschaltet ist.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Events are kept until deliveries are resumed.</source>
        <translation>Ereignisse werden aufbewahrt, bis die Zustellung fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Offline, retrying</source>
        <translation>Offline, neuer Versuch folgt</translation>
    </message>
    <message>
        <source>Delivering</source>
        <translation>Stellt zu</translation>
    </message>
    <message>
        <source>What integrations report goes out to the webhooks that it fires.</source>
        <translation>Was Integrationen melden, geht an die Webhooks, die es auslöst.</translation>
    </message>
    <message>
        <source>It %1.</source>
        <comment>what it waits for</comment>
        <translation>Sie %1.</translation>
    </message>
    <message>
        <source>It is tried again at %1.</source>
        <translation>Sie wird um %1 wieder versucht.</translation>
    </message>
    <message>
        <source>It dies of its age at %1, unless delivered.</source>
        <translation>Sie stirbt um %1 an ihrem Alter, wenn sie nicht zugestellt ist.</translation>
    </message>
</context>
<context>
    <name>Tocsin::DisclosureButton</name>
    <message>
        <source>The section is open</source>
        <translation>Der Abschnitt ist geöffnet</translation>
    </message>
    <message>
        <source>The section is closed</source>
        <translation>Der Abschnitt ist geschlossen</translation>
    </message>
    <message>
        <source>The section is closed: %1</source>
        <translation>Der Abschnitt ist geschlossen: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::DuplicateJob</name>
    <message>
        <source>There is no such webhook any more.</source>
        <translation>Diesen Webhook gibt es nicht mehr.</translation>
    </message>
    <message>
        <source> copy</source>
        <extracomment>The end of a copied webhook&apos;s name: letters, digits, spaces, hyphens and underscores only</extracomment>
        <translation> Kopie</translation>
    </message>
    <message>
        <source> copy %1</source>
        <translation> Kopie %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::DurationText</name>
    <message>
        <source>“%1” is not a delay; write delays as 5 s, 5 min, 2 h.</source>
        <translation>„%1“ ist keine Wartezeit; Wartezeiten als 5 s, 5 min, 2 h schreiben.</translation>
    </message>
    <message>
        <source>Only one duration can stand here.</source>
        <translation>Hier kann nur eine Dauer stehen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::EditorPage</name>
    <message>
        <source>The webhook is no longer there; saving adds it again.</source>
        <translation>Der Webhook ist nicht mehr vorhanden; beim Speichern wird er wieder hinzugefügt.</translation>
    </message>
    <message>
        <source>Add Webhook</source>
        <translation>Webhook hinzufügen</translation>
    </message>
    <message>
        <source>Edit Webhook</source>
        <translation>Webhook bearbeiten</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>The webhook has changes that are not saved.</source>
        <translation>Der Webhook hat Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message numerus="yes">
        <source>The webhook is not saved: %n field(s) need a change.</source>
        <translation>
            <numerusform>Der Webhook ist nicht gespeichert: %n Feld muss geändert werden.</numerusform>
            <numerusform>Der Webhook ist nicht gespeichert: %n Felder müssen geändert werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Waiting for the keychain…</source>
        <translation>Warten auf den Schlüsselbund…</translation>
    </message>
    <message>
        <source>The webhook is not saved: %1</source>
        <translation>Der Webhook ist nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Cancel saving</source>
        <translation>Speichern abbrechen</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>Test abbrechen</translation>
    </message>
    <message>
        <source>The form is filled in for %1; what is yours stands in capitals or is empty.</source>
        <translation>Das Formular ist für %1 ausgefüllt; was selbst einzutragen ist, steht in Großbuchstaben oder ist leer.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>%1 ›</source>
        <comment>the page to which Back leads</comment>
        <translation>%1 ›</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <comment>a page</comment>
        <translation>Zurück zu %1</translation>
    </message>
    <message>
        <source>Back to %1 (%2)</source>
        <comment>a page, a key</comment>
        <translation>Zurück zu %1 (%2)</translation>
    </message>
    <message>
        <source>Nothing was sent: %1</source>
        <translation>Nichts wurde gesendet: %1</translation>
    </message>
    <message>
        <source>This webhook was changed elsewhere; the form shows it as it is now.</source>
        <translation>Dieser Webhook wurde anderswo geändert; das Formular zeigt ihn, wie er jetzt ist.</translation>
    </message>
    <message>
        <source>The form shows the webhook as it is stored.</source>
        <translation>Das Formular zeigt den Webhook, wie er gespeichert ist.</translation>
    </message>
    <message>
        <source>Cancel the check</source>
        <translation>Prüfung abbrechen</translation>
    </message>
    <message>
        <source>Not checked: %1</source>
        <translation>Nicht geprüft: %1</translation>
    </message>
    <message>
        <source>Another target</source>
        <translation>Ein anderes Ziel</translation>
    </message>
    <message>
        <source>The webhook is saved as soon as the test has ended.</source>
        <translation>Der Webhook wird gespeichert, sobald der Test beendet ist.</translation>
    </message>
</context>
<context>
    <name>Tocsin::EmitCommand</name>
    <message>
        <source>take events (JSON, an array, or NDJSON; else from standard input) to be delivered</source>
        <translation>Ereignisse (JSON, ein Array oder NDJSON; sonst von der Standardeingabe) zur Zustellung annehmen</translation>
    </message>
    <message>
        <source>deliver even where an integration&apos;s status has not changed</source>
        <translation>auch zustellen, wo sich der Status einer Integration nicht geändert hat</translation>
    </message>
    <message>
        <source>Checked %1 %</source>
        <translation>%1 % geprüft</translation>
    </message>
    <message>
        <source>suppressed: %1</source>
        <translation>unterdrückt: %1</translation>
    </message>
    <message>
        <source>deliveries: %1</source>
        <translation>Zustellungen: %1</translation>
    </message>
    <message numerus="yes">
        <source>Storing %n event(s)</source>
        <translation>
            <numerusform>%n Ereignis wird gespeichert</numerusform>
            <numerusform>%n Ereignisse werden gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>leave out what cannot be taken, rather than take none</source>
        <translation>auslassen, was nicht angenommen werden kann, statt nichts anzunehmen</translation>
    </message>
    <message>
        <source>(a duplicate: it was taken before)</source>
        <translation>(ein Duplikat: schon früher angenommen)</translation>
    </message>
    <message>
        <source>--force delivers it only under a new id</source>
        <translation>--force stellt es nur unter einer neuen Kennung zu</translation>
    </message>
    <message>
        <source>(a duplicate: it was taken before; %1)</source>
        <translation>(ein Duplikat: es wurde schon angenommen; %1)</translation>
    </message>
    <message>
        <source>%1, to %2, %3</source>
        <comment>a delivery, its webhook, and what it waits for</comment>
        <translation>%1, an %2, %3</translation>
    </message>
    <message>
        <source>, superseded: %1</source>
        <translation>, überholt: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::EngineStep</name>
    <message>
        <source>The profile is not open.</source>
        <translation>Das Profil ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::EventBatch</name>
    <message>
        <source>There is no event here.</source>
        <translation>Hier ist kein Ereignis.</translation>
    </message>
</context>
<context>
    <name>Tocsin::FieldLabel</name>
    <message>
        <source>Integration Webhook Name</source>
        <translation>Name des Integrations-Webhooks</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Body Template</source>
        <translation>Body-Vorlage</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client Secret</source>
        <translation>Client-Geheimnis</translation>
    </message>
    <message>
        <source>Token Endpoint URL</source>
        <translation>URL des Token-Endpunkts</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Authentication Type</source>
        <translation>Authentifizierungsart</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Timeout in seconds</source>
        <translation>Zeitlimit in Sekunden</translation>
    </message>
    <message>
        <source>Response Validators</source>
        <translation>Antwortprüfungen</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Concurrency</source>
        <translation>Gleichzeitige Zustellungen</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Only the newest status</source>
        <translation>Nur der neueste Status</translation>
    </message>
    <message>
        <source>Settle time</source>
        <translation>Beruhigungszeit</translation>
    </message>
    <message>
        <source>Maximum age</source>
        <translation>Höchstalter</translation>
    </message>
</context>
<context>
    <name>Tocsin::FilterSentence</name>
    <message>
        <source>%1 or %2</source>
        <comment>alternatives</comment>
        <translation>%1 oder %2</translation>
    </message>
    <message>
        <source>An %1 integration</source>
        <translation>Eine Integration vom Typ %1</translation>
    </message>
    <message>
        <source>A %1 integration</source>
        <translation>Eine Integration vom Typ %1</translation>
    </message>
    <message>
        <source>Any integration</source>
        <translation>Eine beliebige Integration</translation>
    </message>
    <message numerus="yes">
        <source>One of %n integration(s)</source>
        <translation>
            <numerusform>Die gewählte Integration</numerusform>
            <numerusform>Eine von %n Integrationen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, if its type is %2,</source>
        <translation>%1, falls vom Typ %2,</translation>
    </message>
    <message>
        <source>changes its status</source>
        <translation>ändert ihren Status</translation>
    </message>
    <message>
        <source>turns %1</source>
        <translation>wechselt zu %1</translation>
    </message>
    <message>
        <source>no integration is known yet.</source>
        <translation>noch ist keine Integration bekannt.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>subject, change</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>condition, count</comment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>the only one known matches.</source>
        <translation>die einzige bekannte passt.</translation>
    </message>
    <message>
        <source>the only one known does not match.</source>
        <translation>die einzige bekannte passt nicht.</translation>
    </message>
    <message numerus="yes">
        <source>none of the %Ln known matches.</source>
        <translation>
            <numerusform>die %Ln bekannte passt nicht.</numerusform>
            <numerusform>keine der %Ln bekannten passt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of the %Ln known matches.</source>
        <translation>
            <numerusform>die %Ln bekannte passt.</numerusform>
            <numerusform>eine der %Ln bekannten passt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all of the %Ln known match.</source>
        <translation>
            <numerusform>die %Ln bekannte passt.</numerusform>
            <numerusform>alle %Ln bekannten passen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of the %Ln known match.</source>
        <translation>
            <numerusform>%L1 von %Ln bekannten passen.</numerusform>
            <numerusform>%L1 der %Ln bekannten passen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Another webhook</source>
        <translation>Ein anderer Webhook</translation>
    </message>
    <message>
        <source>Of what waits of one integration, only the newest status is delivered.</source>
        <translation>Von dem, was von einer Integration wartet, wird nur der neueste Status zugestellt.</translation>
    </message>
    <message>
        <source>Only the newest status of each integration is delivered, once it has lasted %1.</source>
        <translation>Nur der neueste Status jeder Integration wird zugestellt, sobald er %1 angehalten hat.</translation>
    </message>
    <message>
        <source>A status is delivered once it has lasted %1.</source>
        <translation>Ein Status wird zugestellt, sobald er %1 angehalten hat.</translation>
    </message>
</context>
<context>
    <name>Tocsin::FiltersEdit</name>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::FindBar</name>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>Voriger Treffer (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>Nächster Treffer (Eingabe)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Firing</name>
    <message>
        <source>Types that begin with &quot;tocsin-&quot; are what Tocsin says of itself: an event from outside needs another one.</source>
        <translation>Typen, die mit „tocsin-“ beginnen, sagt nur Tocsin von sich selbst: ein Ereignis von außen braucht einen anderen.</translation>
    </message>
    <message>
        <source>Ids that begin with &quot;tocsin-webhook/&quot; or &quot;tocsin-source/&quot; are what Tocsin says of itself: an event from outside needs another one.</source>
        <translation>Kennungen, die mit „tocsin-webhook/“ oder „tocsin-source/“ beginnen, sagt nur Tocsin von sich selbst: ein Ereignis von außen braucht eine andere.</translation>
    </message>
</context>
<context>
    <name>Tocsin::FoldingTabBar</name>
    <message>
        <source>More tabs</source>
        <translation>Weitere Reiter</translation>
    </message>
</context>
<context>
    <name>Tocsin::Format</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 KiB</source>
        <translation>%1 KiB</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bytes</source>
        <translation>
            <numerusform>%Ln Byte</numerusform>
            <numerusform>%Ln Bytes</numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>day and month, as QDateTime::toString takes it</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a day, as QDate::toString takes it</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a day written out, as QDate::toString takes it</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
</context>
<context>
    <name>Tocsin::FromFileButton</name>
    <message>
        <source>From file…</source>
        <translation>Aus Datei…</translation>
    </message>
    <message>
        <source>%1 is a folder; choose a file.</source>
        <translation>%1 ist ein Ordner; eine Datei auswählen.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 is larger than 1 MiB; choose a PEM file.</source>
        <translation>%1 ist größer als 1 MiB; eine PEM-Datei auswählen.</translation>
    </message>
    <message>
        <source>%1 is not a text file; choose a PEM file.</source>
        <translation>%1 ist keine Textdatei; eine PEM-Datei auswählen.</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>PEM-Datei auswählen</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Tocsin::GoToDialog</name>
    <message>
        <source>Go to anything</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>A webhook, an integration, deliveries, a setting or a command</source>
        <translation>Ein Webhook, eine Integration, Zustellungen, eine Einstellung oder ein Befehl</translation>
    </message>
</context>
<context>
    <name>Tocsin::HeaderRowEdit</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Header %1</source>
        <translation>Header %1</translation>
    </message>
    <message>
        <source>Remove header %1</source>
        <translation>Header %1 entfernen</translation>
    </message>
    <message>
        <source>Remove header %1 (Delete)</source>
        <translation>Header %1 entfernen (Entf)</translation>
    </message>
    <message>
        <source>Keep header %1 in keychain</source>
        <translation>Header %1 im Schlüsselbund aufbewahren</translation>
    </message>
    <message>
        <source>The value is in the keychain; type another to change it</source>
        <translation>Der Wert liegt im Schlüsselbund; zum Ändern einen anderen eingeben</translation>
    </message>
    <message>
        <source>The value is kept in the keychain; press to keep it in the open</source>
        <translation>Der Wert wird im Schlüsselbund aufbewahrt; drücken, um ihn offen aufzubewahren</translation>
    </message>
    <message>
        <source>The value is kept in the open; press to keep it in the keychain</source>
        <translation>Der Wert liegt offen vor; drücken, um ihn im Schlüsselbund abzulegen</translation>
    </message>
    <message>
        <source>Parameter key</source>
        <translation>Schlüssel des Parameters</translation>
    </message>
    <message>
        <source>Parameter value</source>
        <translation>Wert des Parameters</translation>
    </message>
    <message>
        <source>Parameter %1</source>
        <translation>Parameter %1</translation>
    </message>
    <message>
        <source>Remove parameter %1</source>
        <translation>Parameter %1 entfernen</translation>
    </message>
    <message>
        <source>Remove parameter %1 (Delete)</source>
        <translation>Parameter %1 entfernen (Entf)</translation>
    </message>
</context>
<context>
    <name>Tocsin::HeadersEdit</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>Tocsin::HeadersView</name>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>Tocsin::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>A saved request: method, URL, headers and a body template, and the integrations whose changes send it.</source>
        <translation>Eine gespeicherte Anfrage: Methode, URL, Header und eine Body-Vorlage sowie die Integrationen, deren Änderungen sie auslösen.</translation>
    </message>
    <message>
        <source>Body Template</source>
        <translation>Body-Vorlage</translation>
    </message>
    <message>
        <source>JSON with placeholders such as {{data.name}}; View event&apos;s payload schema lists every one. What does not render to JSON is never sent.</source>
        <translation>JSON mit Platzhaltern wie {{data.name}}; „Payload-Schema anzeigen“ führt alle auf. Was kein JSON ergibt, wird nie gesendet.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Values within one filter are alternatives, all three filters must match, and an empty one matches all; an empty Status means Warning and Error.</source>
        <translation>Werte innerhalb eines Filters gelten alternativ, alle drei Filter müssen zutreffen, und ein leerer trifft auf alles zu; ein leerer Status bedeutet Warning und Error.</translation>
    </message>
    <message>
        <source>Response Validators</source>
        <translation>Antwortprüfungen</translation>
    </message>
    <message>
        <source>A JSONPath into the response, such as $.data.ok, and the values accepted there. All of them must pass.</source>
        <translation>Ein JSONPath in die Antwort, etwa $.data.ok, und die dort akzeptierten Werte. Alle Prüfungen müssen bestanden werden.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Sends the form as it stands once, with sample data, exactly as a delivery would, and shows everything that went out and came back.</source>
        <translation>Sendet das Formular in seinem jetzigen Stand einmal mit Beispieldaten, genau wie bei einer Zustellung, und zeigt alles, was gesendet und empfangen wurde.</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
    <message>
        <source>Locked values are kept in the system&apos;s keychain only. The webhook holds a reference such as ${secret:name} in their place.</source>
        <translation>Gesperrte Werte liegen ausschließlich im Schlüsselbund des Systems. Der Webhook enthält an ihrer Stelle einen Verweis wie ${secret:name}.</translation>
    </message>
    <message>
        <source>Local Receiver</source>
        <translation>Lokaler Empfänger</translation>
    </message>
    <message>
        <source>A small HTTPS target on this machine that shows what arrives: a place to try a webhook before it meets the real one.</source>
        <translation>Ein kleines HTTPS-Ziel auf diesem Rechner, das anzeigt, was ankommt: ein Ort, um einen Webhook zu erproben, bevor er auf das echte Ziel trifft.</translation>
    </message>
    <message>
        <source>Concepts</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>Tocsin::HoldText</name>
    <message>
        <source>waits for its status to last, until %1</source>
        <translation>wartet, bis ihr Status angehalten hat, bis %1</translation>
    </message>
    <message>
        <source>is muted, until the mute is ended</source>
        <translation>ist stummgeschaltet, bis das beendet wird</translation>
    </message>
    <message>
        <source>is muted, until %1</source>
        <translation>ist stummgeschaltet, bis %1</translation>
    </message>
    <message>
        <source>waits for its webhook&apos;s rate, until %1</source>
        <translation>wartet wegen der Rate ihres Webhooks, bis %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::HttpUrl</name>
    <message>
        <source>%1 must not hold a user name or password: use a header or OAuth.</source>
        <translation>%1 darf weder Benutzernamen noch Passwort enthalten: Verwenden Sie einen Header oder OAuth.</translation>
    </message>
    <message>
        <source>%1 has no valid port after the colon: a port is a number from 1 to 65535.</source>
        <translation>%1 hat nach dem Doppelpunkt keinen gültigen Port: Ein Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>%1 has no host: write https:// and the target&apos;s name.</source>
        <translation>%1 hat keinen Host: Schreiben Sie https:// und den Namen des Ziels.</translation>
    </message>
    <message>
        <source>%1 is not a valid address: it looks like https://example.com/path, with special characters percent-encoded.</source>
        <translation>%1 ist keine gültige Adresse: Sie sieht aus wie https://example.com/path, mit prozentkodierten Sonderzeichen.</translation>
    </message>
    <message>
        <source>%1 holds a line break or another control character at column %2.</source>
        <translation>%1 enthält in Spalte %2 einen Zeilenumbruch oder ein anderes Steuerzeichen.</translation>
    </message>
    <message>
        <source>%1 must begin with https://: a webhook is only sent over an encrypted connection.</source>
        <translation>%1 muss mit https:// beginnen: Ein Webhook wird nur über eine verschlüsselte Verbindung gesendet.</translation>
    </message>
    <message>
        <source>%1 is not a valid address: the percent sign at column %2 is not followed by two hexadecimal digits; write it as %25.</source>
        <translation>%1 ist keine gültige Adresse: Dem Prozentzeichen in Spalte %2 folgen keine zwei hexadezimalen Ziffern; schreiben Sie es als %25.</translation>
    </message>
    <message>
        <source>%1 holds a fragment from the # at column %2 on, which is never sent: leave it out, or write # as %23.</source>
        <translation>%1 enthält ab dem # in Spalte %2 ein Fragment, das nie gesendet wird: Lassen Sie es weg, oder schreiben Sie # als %23.</translation>
    </message>
    <message>
        <source>%1 ends with a space: take it away, or write %20.</source>
        <translation>%1 endet mit einem Leerzeichen: Nehmen Sie es weg, oder schreiben Sie %20.</translation>
    </message>
    <message>
        <source>%1 has a backslash after the host: write / there.</source>
        <translation>%1 hat nach dem Host einen umgekehrten Schrägstrich: Schreiben Sie dort /.</translation>
    </message>
</context>
<context>
    <name>Tocsin::HumanTime</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>vor %n Minute</numerusform>
            <numerusform>vor %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>vor %n Stunde</numerusform>
            <numerusform>vor %n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday, %1</source>
        <translation>gestern, %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::Ingest</name>
    <message>
        <source>Too much is arriving at once.</source>
        <translation>Es kommt zu viel auf einmal an.</translation>
    </message>
    <message>
        <source>This server is stopping.</source>
        <translation>Dieser Server hält gerade an.</translation>
    </message>
    <message>
        <source>Listening on %1 needs a certificate and its key: it is not a loopback address, and the token would go over the network unencrypted.</source>
        <translation>Auf %1 zu lauschen braucht ein Zertifikat und dessen Schlüssel: Es ist keine Loopback-Adresse, und das Token ginge unverschlüsselt über das Netz.</translation>
    </message>
    <message>
        <source>The token that events must bear is empty.</source>
        <translation>Das Token, das Ereignisse tragen müssen, ist leer.</translation>
    </message>
    <message>
        <source>Nothing can listen on %1: the port is taken, the address is not one of this machine, or certificate and key do not belong together.</source>
        <translation>Auf %1 lässt sich nicht lauschen: Der Port ist belegt, die Adresse gehört nicht zu diesem Rechner, oder Zertifikat und Schlüssel gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>Nothing can listen on %1: the port is taken, or the address is not one of this machine.</source>
        <translation>Auf %1 lässt sich nicht lauschen: Der Port ist belegt, oder die Adresse gehört nicht zu diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>Tocsin::IngestAnswer</name>
    <message>
        <source>Nothing was accepted: events in error: %1.</source>
        <translation>Nichts wurde angenommen: fehlerhafte Ereignisse: %1.</translation>
    </message>
    <message>
        <source>The request must bear the token: Authorization: Bearer …</source>
        <translation>Die Anfrage muss das Token tragen: Authorization: Bearer …</translation>
    </message>
    <message>
        <source>There are /v1/events, /healthz and /metrics here.</source>
        <translation>Hier gibt es /v1/events, /healthz und /metrics.</translation>
    </message>
    <message>
        <source>This takes %1 only.</source>
        <translation>Das nimmt nur %1.</translation>
    </message>
    <message>
        <source>Nothing was accepted: events in error: %1, and perhaps more.</source>
        <translation>Nichts wurde angenommen: fehlerhafte Ereignisse: %1, und vielleicht mehr.</translation>
    </message>
    <message>
        <source>Of transfer codings, only chunked is known here.</source>
        <translation>Von den Übertragungskodierungen ist hier nur chunked bekannt.</translation>
    </message>
    <message>
        <source>A body may be packed with gzip, or not at all.</source>
        <translation>Ein Body darf mit gzip gepackt sein oder gar nicht.</translation>
    </message>
    <message>
        <source>The body is not, or not whole, what its Content-Encoding says: gzip.</source>
        <translation>Der Body ist nicht oder nicht ganz, was sein Content-Encoding sagt: gzip.</translation>
    </message>
    <message>
        <source>A body may hold %1 JSON values at the most; more events go into more requests.</source>
        <translation>Ein Body darf höchstens %1 JSON-Werte enthalten; mehr Ereignisse gehen in weitere Anfragen.</translation>
    </message>
    <message>
        <source>A body may have 16 MiB at the most, unpacked; more events go into more requests.</source>
        <translation>Ein Body darf ausgepackt höchstens 16 MiB haben; mehr Ereignisse gehen in weitere Anfragen.</translation>
    </message>
    <message>
        <source>The request says more than once, or in two ways, where its body ends.</source>
        <translation>Die Anfrage sagt mehrfach oder auf zwei Arten, wo ihr Body endet.</translation>
    </message>
    <message>
        <source>Nobody here knows the parameter “%1”: there is force=true.</source>
        <translation>Den Parameter „%1“ kennt hier niemand: Es gibt force=true.</translation>
    </message>
    <message>
        <source>The parameter force is true or false (1 or 0), and stands there once.</source>
        <translation>Der Parameter force ist true oder false (1 oder 0) und steht nur einmal da.</translation>
    </message>
    <message>
        <source>The request does not say how long its body is: it needs a Content-Length, or chunks.</source>
        <translation>Die Anfrage sagt nicht, wie lang ihr Body ist: Sie braucht Content-Length oder Chunks.</translation>
    </message>
    <message>
        <source>A field of the request has no name, a name with a blank in it, or a line end in its value.</source>
        <translation>Ein Feld der Anfrage hat keinen Namen, einen mit Leerzeichen oder ein Zeilenende in seinem Wert.</translation>
    </message>
    <message>
        <source>HTTP/1.0 knows no Transfer-Encoding.</source>
        <translation>HTTP/1.0 kennt kein Transfer-Encoding.</translation>
    </message>
    <message>
        <source>The request has no Host field, which HTTP/1.1 asks for.</source>
        <translation>Der Anfrage fehlt das Feld Host, das HTTP/1.1 verlangt.</translation>
    </message>
    <message>
        <source>The request has more than one Host field.</source>
        <translation>Die Anfrage hat mehr als ein Feld Host.</translation>
    </message>
    <message>
        <source>What the request&apos;s Host field says is no host.</source>
        <translation>Was das Feld Host der Anfrage sagt, ist kein Host.</translation>
    </message>
    <message>
        <source>The request has more than one Authorization field.</source>
        <translation>Die Anfrage hat mehr als ein Feld Authorization.</translation>
    </message>
    <message>
        <source>Nothing was accepted: ids of other events: %1.</source>
        <translation>Nichts wurde angenommen: IDs anderer Ereignisse: %1.</translation>
    </message>
    <message>
        <source>The request&apos;s %1 is no id: that has 1 to %2 characters, in UTF-8.</source>
        <translation>%1 der Anfrage ist keine ID: Die hat 1 bis %2 Zeichen in UTF-8.</translation>
    </message>
    <message>
        <source>The request has two ids that differ: webhook-id and Idempotency-Key mean the same.</source>
        <translation>Die Anfrage hat zwei verschiedene IDs: webhook-id und Idempotency-Key bedeuten dasselbe.</translation>
    </message>
</context>
<context>
    <name>Tocsin::InputText</name>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>Dies ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1.</source>
        <translation>Die Datei kann nicht gelesen werden: %1.</translation>
    </message>
    <message>
        <source>%1: warning: %2</source>
        <translation>%1: Warnung: %2</translation>
    </message>
    <message>
        <source>The file is larger than %1 MiB.</source>
        <translation>Die Datei ist größer als %1 MiB.</translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationEvent</name>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>ein Array</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>The event&apos;s %1 must be %2.</source>
        <translation>Das Feld %1 des Ereignisses muss %2 sein.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>The event&apos;s %1 is empty.</source>
        <translation>Das Feld %1 des Ereignisses ist leer.</translation>
    </message>
    <message>
        <source>The event&apos;s %1 is &quot;%2&quot;; it must be one of %3.</source>
        <translation>Das Feld %1 des Ereignisses ist „%2“; zulässig ist nur einer dieser Werte: %3.</translation>
    </message>
    <message>
        <source>The event has no %1.</source>
        <translation>Dem Ereignis fehlt das Feld %1.</translation>
    </message>
    <message>
        <source>An event is a JSON object.</source>
        <translation>Ein Ereignis ist ein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The event&apos;s %1 is unknown.</source>
        <translation>Das Feld %1 des Ereignisses ist unbekannt.</translation>
    </message>
    <message>
        <source>The event&apos;s %1 is no time: %2</source>
        <translation>%1 des Ereignisses ist keine Zeit: %2</translation>
    </message>
    <message>
        <source>it must be a number of seconds since 1970, or text as RFC 3339 writes a time, such as 2023-10-02T16:14:25Z.</source>
        <translation>nötig ist eine Zahl von Sekunden seit 1970 oder ein Text, wie RFC 3339 eine Zeit schreibt, etwa 2023-10-02T16:14:25Z.</translation>
    </message>
    <message>
        <source>hours go from 00 to 23 (RFC 3339); midnight is 00:00:00 of the next day.</source>
        <translation>Stunden gehen von 00 bis 23 (RFC 3339); Mitternacht ist 00:00:00 des nächsten Tages.</translation>
    </message>
    <message>
        <source>there is no such day or hour.</source>
        <translation>einen solchen Tag oder eine solche Stunde gibt es nicht.</translation>
    </message>
    <message>
        <source>a zone has to follow, Z or an offset such as +02:00 (RFC 3339).</source>
        <translation>eine Zone muss folgen, Z oder ein Versatz wie +02:00 (RFC 3339).</translation>
    </message>
    <message>
        <source>there is no such offset of a zone.</source>
        <translation>einen solchen Versatz einer Zone gibt es nicht.</translation>
    </message>
    <message>
        <source>The event&apos;s %1 has %2 characters; it may have %3 at the most.</source>
        <translation>%1 des Ereignisses hat %2 Zeichen; höchstens %3 sind erlaubt.</translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationListCommand</name>
    <message>
        <source>print what is watched: status, since when, and whether muted</source>
        <translation>ausgeben, was beobachtet wird: Status, seit wann, und ob stummgeschaltet</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>TYPE</source>
        <translation>TYP</translation>
    </message>
    <message>
        <source>STATUS</source>
        <translation>STATUS</translation>
    </message>
    <message>
        <source>SINCE</source>
        <translation>SEIT</translation>
    </message>
    <message>
        <source>MUTE</source>
        <translation>STUMM</translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationWords</name>
    <message>
        <source>No event yet</source>
        <translation>Noch kein Ereignis</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an issue</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>is inactive</source>
        <translation>ist inaktiv</translation>
    </message>
    <message>
        <source>its Integration filter does not include %1</source>
        <translation>sein Filter „Integration“ enthält %1 nicht</translation>
    </message>
    <message>
        <source>its Type filter does not include %1</source>
        <translation>sein Filter „Typ“ enthält %1 nicht</translation>
    </message>
    <message>
        <source>its Status filter does not include %1</source>
        <translation>sein Filter „Status“ enthält %1 nicht</translation>
    </message>
    <message>
        <source>fires</source>
        <translation>löst aus</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between reasons</comment>
        <translation>; </translation>
    </message>
    <message>
        <source>No webhook fires: there is none yet.</source>
        <translation>Kein Webhook löst aus: Es gibt noch keinen.</translation>
    </message>
    <message numerus="yes">
        <source>%n webhook(s) fire.</source>
        <translation>
            <numerusform>%n Webhook löst aus.</numerusform>
            <numerusform>%n Webhooks lösen aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Suppressed: the status is %1 since %2 and does not change, so no webhook fires.</source>
        <translation>Unterdrückt: Der Status ist seit %2 %1 und ändert sich nicht, also löst kein Webhook aus.</translation>
    </message>
    <message>
        <source>Suppressed: the status is %1 already, so no webhook fires.</source>
        <translation>Unterdrückt: Der Status ist bereits %1, also löst kein Webhook aus.</translation>
    </message>
    <message>
        <source>fires once %1 has lasted %2</source>
        <translation>löst aus, sobald %1 %2 lang angehalten hat</translation>
    </message>
    <message>
        <source>an earlier status that still waits is not sent</source>
        <translation>ein früherer Status, der noch wartet, wird nicht gesendet</translation>
    </message>
    <message>
        <source>an earlier status that has not lasted so long is not sent</source>
        <translation>ein früherer Status, der nicht so lange angehalten hat, wird nicht gesendet</translation>
    </message>
    <message>
        <source>fires when the mute ends, %1</source>
        <translation>löst aus, wenn die Stummschaltung endet, %1</translation>
    </message>
    <message>
        <source>fires when it is unmuted</source>
        <translation>löst aus, wenn die Stummschaltung beendet wird</translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationsModel</name>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1 (und %n weiteres)</numerusform>
            <numerusform>%1 (und %n weitere)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n webhook(s)</source>
        <translation>
            <numerusform>%n Webhook</numerusform>
            <numerusform>%n Webhooks</numerusform>
        </translation>
    </message>
    <message>
        <source>Warning %1, Error %2</source>
        <translation>Warning %1, Error %2</translation>
    </message>
    <message>
        <source>How many webhooks fire when this integration turns Warning or Error</source>
        <translation>Wie viele Webhooks auslösen, wenn diese Integration Warning oder Error wird</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>Letztes Ereignis</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Would fire</source>
        <translation>Würde auslösen</translation>
    </message>
    <message>
        <source>Would fire: %1</source>
        <translation>Würde auslösen: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationsPage</name>
    <message>
        <source>Integrations</source>
        <translation>Integrationen</translation>
    </message>
    <message>
        <source>No integrations yet</source>
        <translation>Noch keine Integrationen</translation>
    </message>
    <message>
        <source>What is watched appears here with its first event, and stays with its status, since when, and its issues. Events come from tocsinctl, over HTTP, or from here.</source>
        <translation>Was überwacht wird, erscheint hier mit seinem ersten Ereignis und bleibt mit seinem Status, seit wann er gilt, und seinen Problemen. Ereignisse kommen von tocsinctl, über HTTP oder von hier.</translation>
    </message>
    <message>
        <source>Send Event…</source>
        <translation>Ereignis senden…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No integration has these words in its name, ID, type, status or issues.</source>
        <translation>Keine Integration hat diese Wörter in Name, ID, Typ, Status oder Problemen.</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Issues of %1</source>
        <translation>Probleme von %1</translation>
    </message>
    <message>
        <source>&amp;Show deliveries</source>
        <translation>&amp;Zustellungen zeigen</translation>
    </message>
</context>
<context>
    <name>Tocsin::InterimView</name>
    <message>
        <source>Interim answer: %1</source>
        <translation>Zwischenantwort: %1</translation>
    </message>
    <message>
        <source>Headers of %1</source>
        <translation>Header von %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::Invocation</name>
    <message>
        <source>The invocation&apos;s record has no valid member &quot;%1&quot;.</source>
        <translation>Die Aufzeichnung des Aufrufs hat keinen gültigen Eintrag „%1“.</translation>
    </message>
</context>
<context>
    <name>Tocsin::InvocationPanel</name>
    <message>
        <source>Request body</source>
        <translation>Body der Anfrage</translation>
    </message>
    <message>
        <source>Response body</source>
        <translation>Body der Antwort</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Validators</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Token exchange</source>
        <translation>Token-Abruf</translation>
    </message>
    <message>
        <source>No request could be built.</source>
        <translation>Es konnte keine Anfrage erstellt werden.</translation>
    </message>
    <message numerus="yes">
        <source>It went out %Ln times.</source>
        <translation>
            <numerusform>Die Anfrage wurde %Ln-mal gesendet.</numerusform>
            <numerusform>Die Anfrage wurde %Ln-mal gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was not sent.</source>
        <translation>Die Anfrage wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>It went through the system&apos;s proxy %1.</source>
        <translation>Die Anfrage lief über den Proxy des Systems %1.</translation>
    </message>
    <message>
        <source>Validators %1/%2</source>
        <translation>Prüfungen %1/%2</translation>
    </message>
    <message>
        <source>No response came.</source>
        <translation>Es kam keine Antwort.</translation>
    </message>
    <message>
        <source>Attempt successful</source>
        <translation>Versuch erfolgreich</translation>
    </message>
    <message>
        <source>Attempt failed</source>
        <translation>Versuch fehlgeschlagen</translation>
    </message>
    <message>
        <source>Test successful</source>
        <translation>Test erfolgreich</translation>
    </message>
    <message>
        <source>Test failed</source>
        <translation>Test fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Tocsin::InvocationPhase</name>
    <message>
        <source>reading the profile</source>
        <translation>Profil lesen</translation>
    </message>
    <message>
        <source>reading secrets</source>
        <translation>Geheimnisse lesen</translation>
    </message>
    <message>
        <source>rendering</source>
        <translation>Rendern</translation>
    </message>
    <message>
        <source>waiting for a connection</source>
        <translation>auf eine Verbindung warten</translation>
    </message>
    <message>
        <source>waiting for a token</source>
        <translation>auf ein Token warten</translation>
    </message>
    <message>
        <source>name lookup</source>
        <translation>Namensauflösung</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>receive</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>judging</source>
        <translation>Beurteilen</translation>
    </message>
    <message>
        <source>token %1: %2</source>
        <translation>Token %1: %2</translation>
    </message>
    <message>
        <source>token: %1</source>
        <translation>Token: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::InvocationReport</name>
    <message>
        <source>(The rest of the body was cut: only 1 MiB is read.)</source>
        <translation>(Der Rest des Body wurde abgeschnitten: Nur 1 MiB wird gelesen.)</translation>
    </message>
    <message>
        <source>Response validators</source>
        <translation>Antwortprüfungen</translation>
    </message>
    <message>
        <source>passed  %1</source>
        <translation>erfüllt %1</translation>
    </message>
    <message>
        <source>FAILED  %1</source>
        <translation>FEHLER  %1</translation>
    </message>
    <message>
        <source>        expected %1</source>
        <translation>        erwartet    %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>        actual   %1</source>
        <translation>        tatsächlich %1</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>in der Warteschlange</translation>
    </message>
    <message>
        <source>name lookup</source>
        <translation>Namensauflösung</translation>
    </message>
    <message>
        <source>connect with TLS</source>
        <translation>Verbindung mit TLS</translation>
    </message>
    <message>
        <source>send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>receive</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>%1 %2 ms</source>
        <translation>%1 %2 ms</translation>
    </message>
    <message>
        <source>Timings</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>nothing was sent</source>
        <translation>nichts wurde gesendet</translation>
    </message>
    <message>
        <source>sent once</source>
        <translation>einmal gesendet</translation>
    </message>
    <message>
        <source>through the proxy %1</source>
        <translation>über den Proxy %1</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>%1, issued by %2, valid until %3</source>
        <translation>%1, ausgestellt von %2, gültig bis %3</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>The field to change: %1</source>
        <translation>Zu änderndes Feld: %1</translation>
    </message>
    <message>
        <source>Trailers</source>
        <translation>Trailer</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>, and %L1 more</source>
        <translation>, und %L1 weitere</translation>
    </message>
    <message numerus="yes">
        <source>Validators saw U+FFFD in place of %n escape(s) of half a character, a lone surrogate.</source>
        <translation>
            <numerusform>Die Validatoren sahen U+FFFD anstelle von %n Escape eines halben Zeichens, eines einzelnen Surrogats.</numerusform>
            <numerusform>Die Validatoren sahen U+FFFD anstelle von %n Escapes halber Zeichen, einzelner Surrogate.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n times</source>
        <translation>
            <numerusform>%n-mal gesendet</numerusform>
            <numerusform>%n-mal gesendet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::InvocationText</name>
    <message>
        <source>(cut after %1)</source>
        <translation>(nach %1 abgeschnitten)</translation>
    </message>
    <message>
        <source>Test successful</source>
        <translation>Test erfolgreich</translation>
    </message>
    <message>
        <source>Test failed</source>
        <translation>Test fehlgeschlagen</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Nicht bestanden</translation>
    </message>
    <message>
        <source>Expected Values</source>
        <translation>Erwartete Werte</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>Tatsächlich</translation>
    </message>
    <message>
        <source>Trailers</source>
        <translation>Trailer</translation>
    </message>
    <message>
        <source>It went through the system&apos;s proxy %1.</source>
        <translation>Die Anfrage lief über den Proxy des Systems %1.</translation>
    </message>
</context>
<context>
    <name>Tocsin::IssuesEdit</name>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>What is wrong, in words</source>
        <translation>Was nicht stimmt, in Worten</translation>
    </message>
    <message>
        <source>Status of issue %1</source>
        <translation>Status von Problem %1</translation>
    </message>
    <message>
        <source>Message of issue %1</source>
        <translation>Meldung von Problem %1</translation>
    </message>
    <message>
        <source>Remove issue %1</source>
        <translation>Problem %1 entfernen</translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::JsonDiagnosis</name>
    <message>
        <source>The text is not UTF-8: it has the byte 0x%1 where a character was expected.</source>
        <translation>Der Text ist kein UTF-8: Er enthält das Byte 0x%1, wo ein Zeichen erwartet wurde.</translation>
    </message>
    <message>
        <source>The text is empty, where a JSON value was expected.</source>
        <translation>Der Text ist leer; erwartet wurde ein JSON-Wert.</translation>
    </message>
    <message>
        <source>%1 follows the JSON value, where the text should end.</source>
        <translation>Auf den JSON-Wert folgt %1, wo der Text enden sollte.</translation>
    </message>
    <message>
        <source>The text is not JSON.</source>
        <translation>Der Text ist kein JSON.</translation>
    </message>
    <message>
        <source>The end of the text</source>
        <translation>Das Ende des Textes</translation>
    </message>
    <message>
        <source>%1 stands where %2 was expected.</source>
        <translation>%1 steht dort, wo %2 erwartet wurde.</translation>
    </message>
    <message>
        <source>Arrays and objects nest deeper here than the %1 levels that are allowed.</source>
        <translation>Arrays und Objekte sind hier tiefer verschachtelt als die %1 erlaubten Ebenen.</translation>
    </message>
    <message>
        <source>a member name in double quotes or “}”</source>
        <translation>ein Feldname in doppelten Anführungszeichen oder „}“</translation>
    </message>
    <message>
        <source>a member name in double quotes</source>
        <translation>ein Feldname in doppelten Anführungszeichen</translation>
    </message>
    <message>
        <source>“,” or “}”</source>
        <translation>„,“ oder „}“</translation>
    </message>
    <message>
        <source>“,” or “]”</source>
        <translation>„,“ oder „]“</translation>
    </message>
    <message>
        <source>“:” after the member name</source>
        <translation>„:“ nach dem Feldnamen</translation>
    </message>
    <message>
        <source>a JSON value</source>
        <translation>ein JSON-Wert</translation>
    </message>
    <message>
        <source>a digit</source>
        <translation>eine Ziffer</translation>
    </message>
    <message>
        <source>A number starts with a zero that does not belong there.</source>
        <translation>Eine Zahl beginnt mit einer Null, die dort nicht hingehört.</translation>
    </message>
    <message>
        <source>a digit after the decimal point</source>
        <translation>eine Ziffer nach dem Dezimalpunkt</translation>
    </message>
    <message>
        <source>a digit of the exponent</source>
        <translation>eine Ziffer des Exponenten</translation>
    </message>
    <message>
        <source>%1 is a control character, which a string holds only escaped, as \n or \u%2.</source>
        <translation>%1 ist ein Steuerzeichen, das in einer Zeichenkette nur maskiert stehen darf, als \n oder \u%2.</translation>
    </message>
    <message>
        <source>The string that starts here has no closing quote.</source>
        <translation>Der hier beginnenden Zeichenkette fehlt das schließende Anführungszeichen.</translation>
    </message>
    <message>
        <source>The escape is none that JSON knows: \&quot;, \\, \/, \b, \f, \n, \r, \t or \u with four hexadecimal digits.</source>
        <translation>Diese Maskierung kennt JSON nicht; zulässig sind \&quot;, \\, \/, \b, \f, \n, \r, \t oder \u mit vier Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>The escape is one half of a surrogate pair without its other half.</source>
        <translation>Die Maskierung ist die eine Hälfte eines Surrogatpaars, dessen andere Hälfte fehlt.</translation>
    </message>
    <message>
        <source>\u has to be followed by four hexadecimal digits.</source>
        <translation>Auf \u müssen vier Hexadezimalziffern folgen.</translation>
    </message>
    <message>
        <source>The member “%1” stands here twice.</source>
        <translation>Das Element „%1“ steht hier zweimal.</translation>
    </message>
    <message>
        <source>The text holds more than the %L1 values that are read from it.</source>
        <translation>Der Text enthält mehr als die %L1 Werte, die daraus gelesen werden.</translation>
    </message>
</context>
<context>
    <name>Tocsin::JsonPathCommand</name>
    <message>
        <source>print the nodes that a JSONPath (RFC 9535) selects, a JSON array</source>
        <translation>die Knoten, die ein JSONPath (RFC 9535) auswählt, als JSON-Array ausgeben</translation>
    </message>
    <message>
        <source>print the nodes&apos; normalized paths instead</source>
        <translation>stattdessen die normalisierten Pfade der Knoten ausgeben</translation>
    </message>
    <message>
        <source>EXPR:%1:%2</source>
        <translation>AUSDRUCK:%1:%2</translation>
    </message>
    <message>
        <source>EXPR</source>
        <translation>AUSDRUCK</translation>
    </message>
</context>
<context>
    <name>Tocsin::JsonPathParser</name>
    <message>
        <source>“&amp;&amp;”, “||” or “)”</source>
        <translation>„&amp;&amp;“, „||“ oder „)“</translation>
    </message>
    <message>
        <source>What stands in parentheses is a condition, which cannot be compared.</source>
        <translation>Was in Klammern steht, ist eine Bedingung und kann nicht verglichen werden.</translation>
    </message>
    <message>
        <source>a path, a function or “(” after “!”</source>
        <translation>ein Pfad, eine Funktion oder „(“ nach „!“</translation>
    </message>
    <message>
        <source>“!” negates a comparison only when that stands in parentheses: !(…).</source>
        <translation>„!“ verneint einen Vergleich nur, wenn dieser in Klammern steht: !(…).</translation>
    </message>
    <message>
        <source>A literal is no condition on its own: it has to be compared.</source>
        <translation>Ein Literal ist für sich keine Bedingung: Es muss verglichen werden.</translation>
    </message>
    <message>
        <source>%1 gives a value, which is no condition on its own: it has to be compared.</source>
        <translation>%1 liefert einen Wert, der für sich keine Bedingung ist: Er muss verglichen werden.</translation>
    </message>
    <message>
        <source>A path that is compared has to select one node at most: only names and single indexes, and no space within brackets.</source>
        <translation>Ein Pfad, der verglichen wird, darf höchstens einen Knoten auswählen: nur Namen und einzelne Indizes und kein Leerraum in eckigen Klammern.</translation>
    </message>
    <message>
        <source>%1 is a condition, which cannot be compared.</source>
        <translation>%1 ist eine Bedingung und kann nicht verglichen werden.</translation>
    </message>
    <message>
        <source>a path that starts with “@” or “$”, a function, or a value</source>
        <translation>ein Pfad, der mit „@“ oder „$“ beginnt, eine Funktion oder ein Wert</translation>
    </message>
    <message>
        <source>a digit</source>
        <translation>eine Ziffer</translation>
    </message>
    <message>
        <source>A number starts with a zero that does not belong there.</source>
        <translation>Eine Zahl beginnt mit einer Null, die dort nicht hingehört.</translation>
    </message>
    <message>
        <source>a digit after the decimal point</source>
        <translation>eine Ziffer nach dem Dezimalpunkt</translation>
    </message>
    <message>
        <source>a digit of the exponent</source>
        <translation>eine Ziffer des Exponenten</translation>
    </message>
    <message>
        <source>“%1” is neither a function with “(” right after its name nor true, false or null.</source>
        <translation>„%1“ ist weder eine Funktion mit „(“ unmittelbar nach ihrem Namen noch true, false oder null.</translation>
    </message>
    <message>
        <source>There is no function %1: length(), count(), match(), search() and value() are known.</source>
        <translation>Es gibt keine Funktion %1: Bekannt sind length(), count(), match(), search() und value().</translation>
    </message>
    <message>
        <source>“,” or “)” after an argument</source>
        <translation>„,“ oder „)“ nach einem Argument</translation>
    </message>
    <message>
        <source>%1 takes exactly one argument.</source>
        <translation>%1 hat genau ein Argument.</translation>
    </message>
    <message>
        <source>%1 takes exactly two arguments.</source>
        <translation>%1 hat genau zwei Argumente.</translation>
    </message>
    <message>
        <source>%1 takes no condition as an argument.</source>
        <translation>%1 akzeptiert keine Bedingung als Argument.</translation>
    </message>
    <message>
        <source>%1 takes a path as its argument.</source>
        <translation>%1 erwartet einen Pfad als Argument.</translation>
    </message>
    <message>
        <source>%1 takes a value: a literal, a function that gives a value, or a path that selects one node at most (only names and single indexes, and no space within brackets).</source>
        <translation>%1 erwartet einen Wert: ein Literal, eine Funktion, die einen Wert liefert, oder einen Pfad, der höchstens einen Knoten auswählt (nur Namen und einzelne Indizes und kein Leerraum in eckigen Klammern).</translation>
    </message>
    <message>
        <source>The path is not UTF-8 here.</source>
        <translation>Der Pfad ist hier kein UTF-8.</translation>
    </message>
    <message>
        <source>“$”, with which every path starts,</source>
        <translation>„$“, womit jeder Pfad beginnt,</translation>
    </message>
    <message>
        <source>“.”, “[” or the end of the path</source>
        <translation>„.“, „[“ oder das Ende des Pfads</translation>
    </message>
    <message>
        <source>The path ends where %1 was expected.</source>
        <translation>Der Pfad endet dort, wo %1 erwartet wurde.</translation>
    </message>
    <message>
        <source>A space stands where %1 was expected.</source>
        <translation>Ein Leerzeichen steht dort, wo %1 erwartet wurde.</translation>
    </message>
    <message>
        <source>The character U+%1 stands where %2 was expected.</source>
        <translation>Das Zeichen U+%1 steht dort, wo %2 erwartet wurde.</translation>
    </message>
    <message>
        <source>“%1” stands where %2 was expected.</source>
        <translation>„%1“ steht dort, wo %2 erwartet wurde.</translation>
    </message>
    <message>
        <source>Filters, parentheses and functions nest deeper here than the %1 levels that are allowed.</source>
        <translation>Filter, Klammern und Funktionen sind hier tiefer verschachtelt als die %1 erlaubten Ebenen.</translation>
    </message>
    <message>
        <source>a name, “*” or “[” after “..”</source>
        <translation>ein Name, „*“ oder „[“ nach „..“</translation>
    </message>
    <message>
        <source>a name or “*” after “.”</source>
        <translation>ein Name oder „*“ nach „.“</translation>
    </message>
    <message>
        <source>“,” or “]” after a selector</source>
        <translation>„,“ oder „]“ nach einem Selektor</translation>
    </message>
    <message>
        <source>a name in quotes, an index, a slice, “*” or “?”</source>
        <translation>ein Name in Anführungszeichen, ein Index, ein Bereich, „*“ oder „?“</translation>
    </message>
    <message>
        <source>The whole number is written with a needless zero or minus sign: 0 is written 0.</source>
        <translation>Die ganze Zahl ist mit einer überflüssigen Null oder einem überflüssigen Minuszeichen geschrieben: 0 wird 0 geschrieben.</translation>
    </message>
    <message>
        <source>The whole number is out of bounds: indexes and slices go from -%1 to %1.</source>
        <translation>Die ganze Zahl liegt außerhalb der Grenzen: Indizes und Bereiche reichen von -%1 bis %1.</translation>
    </message>
    <message>
        <source>a character of a string or an escape as \n or \u000a</source>
        <translation>ein Zeichen einer Zeichenkette oder eine Maskierung wie \n oder \u000a</translation>
    </message>
    <message>
        <source>The string that starts here has no closing quote.</source>
        <translation>Der hier beginnenden Zeichenkette fehlt das schließende Anführungszeichen.</translation>
    </message>
    <message>
        <source>The escape is none that a path knows: \%1, \\, \/, \b, \f, \n, \r, \t or \u with four hexadecimal digits.</source>
        <translation>Diese Maskierung kennt ein Pfad nicht; zulässig sind \%1, \\, \/, \b, \f, \n, \r, \t oder \u mit vier Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>\u has to be followed by four hexadecimal digits.</source>
        <translation>Auf \u müssen vier Hexadezimalziffern folgen.</translation>
    </message>
    <message>
        <source>The escape is one half of a surrogate pair without its other half.</source>
        <translation>Die Maskierung ist die eine Hälfte eines Surrogatpaars, dessen andere Hälfte fehlt.</translation>
    </message>
</context>
<context>
    <name>Tocsin::KeychainStatus</name>
    <message>
        <source>Asking the keychain</source>
        <translation>Schlüsselbund wird abgefragt</translation>
    </message>
    <message>
        <source>Credentials folder</source>
        <translation>Ordner für Zugangsdaten</translation>
    </message>
    <message>
        <source>Keychain ready</source>
        <translation>Schlüsselbund bereit</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>No keychain</source>
        <translation>Kein Schlüsselbund</translation>
    </message>
    <message>
        <source>Keychain refused</source>
        <translation>Zugriff auf Schlüsselbund verweigert</translation>
    </message>
</context>
<context>
    <name>Tocsin::KeychainStore</name>
    <message>
        <source>The keychain holds no secret named “%1”: store it first.</source>
        <translation>Der Schlüsselbund enthält kein Geheimnis namens „%1“: Speichern Sie es zuerst.</translation>
    </message>
    <message>
        <source>The keychain could not serve the secret “%1”: %2.</source>
        <translation>Der Schlüsselbund konnte das Geheimnis „%1“ nicht liefern: %2.</translation>
    </message>
    <message>
        <source>The secret “%1” holds the character U+0000, which a keychain cannot keep.</source>
        <translation>Das Geheimnis „%1“ enthält das Zeichen U+0000, das ein Schlüsselbund nicht aufbewahren kann.</translation>
    </message>
    <message>
        <source>The keychain was not asked: cancelled.</source>
        <translation>Der Schlüsselbund wurde nicht abgefragt: abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::LiftedSecrets</name>
    <message>
        <source>The URL&apos;s path stays as text in the webhook.</source>
        <translation>Der Pfad der URL bleibt als Text im Webhook.</translation>
    </message>
    <message>
        <source>Save moves the URL&apos;s path to the keychain.</source>
        <translation>Speichern legt den Pfad der URL in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>“%1” stays as text in the webhook.</source>
        <translation>„%1“ bleibt als Text im Webhook.</translation>
    </message>
    <message>
        <source>Save moves “%1” to the keychain.</source>
        <translation>Speichern legt „%1“ in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>Move to the keychain</source>
        <translation>In den Schlüsselbund legen</translation>
    </message>
    <message>
        <source>Keep as text</source>
        <translation>Als Text behalten</translation>
    </message>
    <message>
        <source>the URL&apos;s path</source>
        <translation>den Pfad der URL</translation>
    </message>
    <message>
        <source>Move %1 to the keychain</source>
        <translation>%1 in den Schlüsselbund legen</translation>
    </message>
    <message>
        <source>Keep %1 as text</source>
        <translation>%1 als Text behalten</translation>
    </message>
    <message>
        <source>“%1” stays readable in the webhook: Save cannot move it to the keychain.</source>
        <translation>„%1“ bleibt im Webhook lesbar: Speichern kann es nicht in den Schlüsselbund legen.</translation>
    </message>
    <message>
        <source>The token endpoint&apos;s path stays as text in the webhook.</source>
        <translation>Der Pfad des Token-Endpunkts bleibt als Text im Webhook.</translation>
    </message>
    <message>
        <source>Save moves the token endpoint&apos;s path to the keychain.</source>
        <translation>Speichern legt den Pfad des Token-Endpunkts in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>the token endpoint&apos;s path</source>
        <translation>den Pfad des Token-Endpunkts</translation>
    </message>
    <message>
        <source>the token endpoint&apos;s %1</source>
        <translation>%1 des Token-Endpunkts</translation>
    </message>
    <message>
        <source>Warn about it</source>
        <translation>Davor warnen</translation>
    </message>
    <message>
        <source>Warn about %1</source>
        <translation>Vor %1 warnen</translation>
    </message>
</context>
<context>
    <name>Tocsin::LocalReceiver</name>
    <message>
        <source>Local receiver</source>
        <comment>a webhook&apos;s name: only A to Z, digits, spaces, - and _</comment>
        <translation>Lokaler Empfaenger</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Tocsin local receiver</source>
        <translation>Lokaler Empfänger von Tocsin</translation>
    </message>
    <message>
        <source>reset</source>
        <comment>the connection, instead of an answer</comment>
        <translation>zurückgesetzt</translation>
    </message>
    <message>
        <source>%1, cut off</source>
        <comment>an HTTP status</comment>
        <translation>%1, abgeschnitten</translation>
    </message>
</context>
<context>
    <name>Tocsin::MainWindow</name>
    <message>
        <source>Test successful</source>
        <translation>Test erfolgreich</translation>
    </message>
    <message>
        <source>Test failed: %1</source>
        <translation>Test fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>View Invocation Data</source>
        <translation>Aufrufdaten anzeigen</translation>
    </message>
    <message>
        <source>%1 — Tocsin</source>
        <translation>%1 — Tocsin</translation>
    </message>
    <message>
        <source>Tocsin</source>
        <translation>Tocsin</translation>
    </message>
    <message>
        <source>Import webhooks</source>
        <translation>Webhooks importieren</translation>
    </message>
    <message>
        <source>Webhooks (*.json)</source>
        <translation>Webhooks (*.json)</translation>
    </message>
    <message>
        <source>Export webhooks</source>
        <translation>Webhooks exportieren</translation>
    </message>
    <message>
        <source>About Tocsin</source>
        <translation>Über Tocsin</translation>
    </message>
    <message>
        <source>Tocsin %1

Webhooks for integrations: configure, test, deliver. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Tocsin %1

Webhooks für Integrationen: konfigurieren, testen, zustellen. Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln dead</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln tot</numerusform>
            <numerusform>%Ln tot</numerusform>
        </translation>
    </message>
    <message>
        <source>Port %1 is taken by another program: the local receiver listens at %2 now, and webhooks that send to it need that URL.</source>
        <translation>Port %1 ist von einem anderen Programm belegt: Der lokale Empfänger hört jetzt auf %2, und Webhooks, die an ihn senden, brauchen diese URL.</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Zustellungen</translation>
    </message>
    <message>
        <source>Dead deliveries</source>
        <translation>Tote Zustellungen</translation>
    </message>
    <message>
        <source>Deliveries of %1</source>
        <translation>Zustellungen von %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search deliveries for “%1”</source>
        <translation>Zustellungen nach „%1“ durchsuchen</translation>
    </message>
    <message numerus="yes">
        <source>%1 is saved; %Ln of its deliveries are dead.</source>
        <translation>
            <numerusform>%1 ist gespeichert; %Ln seiner Zustellungen ist tot.</numerusform>
            <numerusform>%1 ist gespeichert; %Ln seiner Zustellungen sind tot.</numerusform>
        </translation>
    </message>
    <message>
        <source>Replay Its Dead Deliveries</source>
        <translation>Seine toten Zustellungen wiederholen</translation>
    </message>
    <message>
        <source>Send Current Status</source>
        <translation>Aktuellen Status senden</translation>
    </message>
</context>
<context>
    <name>Tocsin::MessageBar</name>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Close message (Esc)</source>
        <translation>Meldung schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>Tocsin::MessageView</name>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Request line</source>
        <translation>Anfragezeile</translation>
    </message>
    <message>
        <source>Status line</source>
        <translation>Statuszeile</translation>
    </message>
    <message>
        <source>Trailers, after the body</source>
        <translation>Trailer, nach dem Body</translation>
    </message>
    <message>
        <source>Trailers</source>
        <translation>Trailer</translation>
    </message>
</context>
<context>
    <name>Tocsin::MissingSecret</name>
    <message>
        <source>There is no secret named %1.</source>
        <translation>Es gibt kein Geheimnis namens %1.</translation>
    </message>
    <message>
        <source>Enter its value again where the webhook uses it, or store it with: tocsinctl secret set %1</source>
        <translation>Geben Sie seinen Wert dort erneut ein, wo der Webhook ihn verwendet, oder speichern Sie ihn mit: tocsinctl secret set %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::MuteCommand</name>
    <message>
        <source>send a webhook nothing for now, and then the newest status of each integration</source>
        <translation>einem Webhook vorerst nichts senden, und dann den neuesten Status jeder Integration</translation>
    </message>
    <message>
        <source>send nothing about an integration for now, and then its newest status</source>
        <translation>über eine Integration vorerst nichts senden, und dann ihren neuesten Status</translation>
    </message>
    <message>
        <source>so long: 90s, 15m, 2h, 3d (else until it is unmuted)</source>
        <translation>so lange: 90s, 15m, 2h, 3d (sonst bis zum Beenden)</translation>
    </message>
    <message>
        <source>until then: 2026-01-31T08:00:00Z, or with another offset than Z</source>
        <translation>bis dann: 2026-01-31T08:00:00Z, oder mit einem anderen Versatz als Z</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not there any more.</source>
        <translation>„%1“ gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>--for and --until do not go together: give one of them, or neither.</source>
        <translation>--for und --until gehen nicht zusammen: eines davon angeben, oder keines.</translation>
    </message>
    <message>
        <source>--for takes a duration from 1s to 365d, such as 90s, 15m, 2h or 3d.</source>
        <translation>--for nimmt eine Dauer von 1s bis 365d, etwa 90s, 15m, 2h oder 3d.</translation>
    </message>
    <message>
        <source>--until takes a time with its offset, such as 2026-01-31T08:00:00Z or 2026-01-31T09:00:00+01:00.</source>
        <translation>--until nimmt eine Zeit mit ihrem Versatz, etwa 2026-01-31T08:00:00Z oder 2026-01-31T09:00:00+01:00.</translation>
    </message>
    <message>
        <source>--until takes a time to come, and %1 has passed.</source>
        <translation>--until nimmt eine künftige Zeit, und %1 ist vorbei.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is %2.</source>
        <translation>„%1“ ist %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was muted, and is no more.</source>
        <translation>„%1“ war stummgeschaltet und ist es nicht mehr.</translation>
    </message>
</context>
<context>
    <name>Tocsin::MuteMenu</name>
    <message>
        <source>&amp;Mute</source>
        <translation>Stu&amp;mmschalten</translation>
    </message>
    <message>
        <source>For 1&amp;5 minutes</source>
        <translation>Für 1&amp;5 Minuten</translation>
    </message>
    <message>
        <source>For &amp;1 hour</source>
        <translation>Für &amp;1 Stunde</translation>
    </message>
    <message>
        <source>For &amp;4 hours</source>
        <translation>Für &amp;4 Stunden</translation>
    </message>
    <message>
        <source>Until &amp;tomorrow, %1</source>
        <translation>Bis &amp;morgen, %1</translation>
    </message>
    <message>
        <source>Until &amp;unmuted</source>
        <translation>A&amp;uf unbestimmte Zeit</translation>
    </message>
    <message>
        <source>U&amp;ntil…</source>
        <translation>&amp;Bis …</translation>
    </message>
    <message>
        <source>Mute until</source>
        <translation>Stummschalten bis</translation>
    </message>
    <message>
        <source>Nothing is sent &amp;until:</source>
        <translation>Nichts wird gesendet &amp;bis:</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>This moment is over; choose one that is still to come.</source>
        <translation>Dieser Zeitpunkt ist vorbei; wählen Sie einen künftigen.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing is sent to these %n webhooks &amp;until:</source>
        <translation>
            <numerusform>An diesen %n Webhook wird nichts gesendet &amp;bis:</numerusform>
            <numerusform>An diese %n Webhooks wird nichts gesendet &amp;bis:</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is sent to %1 &amp;until:</source>
        <translation>An %1 wird nichts gesendet &amp;bis:</translation>
    </message>
    <message>
        <source>Nothing is sent about %1 &amp;until:</source>
        <translation>Zu %1 wird nichts gesendet &amp;bis:</translation>
    </message>
</context>
<context>
    <name>Tocsin::MuteText</name>
    <message>
        <source>tocsinctl: There is no integration with the id &quot;%1&quot;.</source>
        <translation>tocsinctl: Es gibt keine Integration mit der Kennung „%1“.</translation>
    </message>
    <message>
        <source>tocsinctl: There is no integration with the id &quot;%1&quot;; the nearest is &quot;%2&quot;.</source>
        <translation>tocsinctl: Es gibt keine Integration mit der Kennung „%1“; die nächste ist „%2“.</translation>
    </message>
    <message>
        <source>muted until %1</source>
        <translation>stummgeschaltet bis %1</translation>
    </message>
    <message>
        <source>muted until it is unmuted</source>
        <translation>stummgeschaltet auf unbestimmte Zeit</translation>
    </message>
    <message>
        <source>Muted until %1</source>
        <translation>Stummgeschaltet bis %1</translation>
    </message>
    <message>
        <source>Muted until unmuted</source>
        <translation>Stummgeschaltet auf unbestimmte Zeit</translation>
    </message>
    <message>
        <source>Nothing is sent while it is muted, until %1.</source>
        <translation>Nichts wird gesendet, solange er stummgeschaltet ist, bis %1.</translation>
    </message>
    <message>
        <source>Nothing is sent until it is unmuted.</source>
        <translation>Nichts wird gesendet, bis die Stummschaltung beendet wird.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Mutes</name>
    <message>
        <source>%1 is muted until %2.</source>
        <translation>%1 ist bis %2 stummgeschaltet.</translation>
    </message>
    <message>
        <source>%1 is muted until unmuted.</source>
        <translation>%1 ist auf unbestimmte Zeit stummgeschaltet.</translation>
    </message>
    <message numerus="yes">
        <source>%n are muted until %1.</source>
        <translation>
            <numerusform>%n ist bis %1 stummgeschaltet.</numerusform>
            <numerusform>%n sind bis %1 stummgeschaltet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are muted until unmuted.</source>
        <translation>
            <numerusform>%n ist auf unbestimmte Zeit stummgeschaltet.</numerusform>
            <numerusform>%n sind auf unbestimmte Zeit stummgeschaltet.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Stummschaltung beenden</translation>
    </message>
    <message>
        <source>%1 is not muted any more.</source>
        <translation>%1 ist nicht mehr stummgeschaltet.</translation>
    </message>
    <message numerus="yes">
        <source>%n are not muted any more.</source>
        <translation>
            <numerusform>%n ist nicht mehr stummgeschaltet.</numerusform>
            <numerusform>%n sind nicht mehr stummgeschaltet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Navigation</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Tocsin::OAuth</name>
    <message>
        <source>it does not accept the client ID or the client secret</source>
        <translation>er akzeptiert die Client-ID oder das Client-Geheimnis nicht</translation>
    </message>
    <message>
        <source>it does not know or allow the scopes</source>
        <translation>er kennt oder erlaubt die Scopes nicht</translation>
    </message>
    <message>
        <source>this client may not use the client-credentials grant</source>
        <translation>dieser Client darf das Verfahren „Client Credentials“ nicht verwenden</translation>
    </message>
    <message>
        <source>it does not support the client-credentials grant</source>
        <translation>er unterstützt das Verfahren „Client Credentials“ nicht</translation>
    </message>
    <message>
        <source>it does not accept the grant</source>
        <translation>er akzeptiert die Autorisierung nicht</translation>
    </message>
    <message>
        <source>it finds the request incomplete or malformed</source>
        <translation>er hält die Anfrage für unvollständig oder fehlerhaft</translation>
    </message>
    <message>
        <source>The token endpoint answered %1 without a token.</source>
        <translation>Der Token-Endpunkt antwortete mit %1, ohne ein Token zu liefern.</translation>
    </message>
    <message>
        <source>Check the token endpoint&apos;s URL.</source>
        <translation>Prüfen Sie die URL des Token-Endpunkts.</translation>
    </message>
    <message>
        <source>The URL is not the token endpoint&apos;s.</source>
        <translation>Die URL ist nicht die des Token-Endpunkts.</translation>
    </message>
    <message>
        <source>The authorization server fails.</source>
        <translation>Der Autorisierungsserver ist gestört.</translation>
    </message>
    <message>
        <source>The token endpoint gave no token: %1 (%2).</source>
        <translation>Der Token-Endpunkt lieferte kein Token: %1 (%2).</translation>
    </message>
    <message>
        <source>The token endpoint gave no token: %1 (%2: %3).</source>
        <translation>Der Token-Endpunkt lieferte kein Token: %1 (%2: %3).</translation>
    </message>
    <message>
        <source>Check client ID, client secret and scopes against the authorization server.</source>
        <translation>Gleichen Sie Client-ID, Client-Geheimnis und Scopes mit dem Autorisierungsserver ab.</translation>
    </message>
    <message>
        <source>The token endpoint gave a token of the type “%1”; only bearer tokens can be used.</source>
        <translation>Der Token-Endpunkt lieferte ein Token des Typs „%1“; nur Bearer-Token sind verwendbar.</translation>
    </message>
    <message>
        <source>The token endpoint gave a token with characters that a header cannot hold.</source>
        <translation>Der Token-Endpunkt lieferte ein Token mit Zeichen, die in einem Header nicht stehen dürfen.</translation>
    </message>
    <message>
        <source>No token could be fetched: %1</source>
        <translation>Es konnte kein Token abgerufen werden: %1</translation>
    </message>
    <message>
        <source>Token Endpoint URL</source>
        <translation>Token Endpoint URL</translation>
    </message>
    <message>
        <source>it does not know or allow the resource</source>
        <translation>er kennt die Ressource nicht oder erlaubt sie nicht</translation>
    </message>
    <message numerus="yes">
        <source>It asks to be asked again after %n second(s).</source>
        <translation>
            <numerusform>Er will nach %n Sekunde wieder gefragt werden.</numerusform>
            <numerusform>Er will nach %n Sekunden wieder gefragt werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Wait as long as it asks; a delivery does so by itself.</source>
        <translation>Warten Sie so lange, wie er verlangt; eine Zustellung tut das von selbst.</translation>
    </message>
    <message>
        <source>The token endpoint was not asked again so soon. Last time: %1</source>
        <translation>Der Token-Endpunkt wurde nicht so bald wieder gefragt. Beim letzten Mal: %1</translation>
    </message>
    <message>
        <source>The target refused a newly fetched token a moment ago, so no other one was fetched.</source>
        <translation>Das Ziel hat eben erst ein frisch geholtes Token abgelehnt, darum wurde kein weiteres geholt.</translation>
    </message>
    <message>
        <source>it does not know or allow the scope “%1”</source>
        <translation>er kennt oder erlaubt den Scope „%1“ nicht</translation>
    </message>
    <message>
        <source>it does not know or allow one of the scopes “%1”</source>
        <translation>er kennt oder erlaubt einen der Scopes „%1“ nicht</translation>
    </message>
</context>
<context>
    <name>Tocsin::Options</name>
    <message>
        <source>Webhooks for integrations: configure, test, deliver.</source>
        <translation>Webhooks für Integrationen: konfigurieren, testen, zustellen.</translation>
    </message>
    <message>
        <source>The folder that holds the profile.</source>
        <translation>Der Ordner, der das Profil enthält.</translation>
    </message>
    <message>
        <source>DIR</source>
        <comment>a folder, as help names it</comment>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>A folder to read secrets from instead of the keychain.</source>
        <translation>Ein Ordner, aus dem Geheimnisse anstelle des Schlüsselbunds gelesen werden.</translation>
    </message>
    <message>
        <source>The argument &quot;%1&quot; is not understood; see tocsin --help.</source>
        <translation>Das Argument „%1“ ist unverständlich; siehe tocsin --help.</translation>
    </message>
    <message>
        <source>--profile needs a folder; see tocsin --help.</source>
        <translation>--profile benötigt einen Ordner; siehe tocsin --help.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Outbox</name>
    <message>
        <source>The profile %1 has not been opened.</source>
        <translation>Das Profil %1 wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>The status of “%1” has not changed: it was %2 before.</source>
        <translation>Der Status von „%1“ hat sich nicht geändert: Er war schon vorher %2.</translation>
    </message>
    <message>
        <source>There is no delivery with the id “%1”.</source>
        <translation>Es gibt keine Zustellung mit der ID „%1“.</translation>
    </message>
    <message>
        <source>The delivery %1 cannot be replayed: its webhook “%2” was removed.</source>
        <translation>Die Zustellung %1 kann nicht wiederholt werden: Ihr Webhook „%2“ wurde entfernt.</translation>
    </message>
    <message>
        <source>There is no webhook with the id “%1”.</source>
        <translation>Es gibt keinen Webhook mit der ID „%1“.</translation>
    </message>
    <message>
        <source>The database %1 holds a damaged document (%2): %3</source>
        <translation>Die Datenbank %1 enthält ein beschädigtes Dokument (%2): %3</translation>
    </message>
    <message>
        <source>it does not say what was answered.</source>
        <translation>es sagt nicht, was geantwortet wurde.</translation>
    </message>
    <message>
        <source>The id “%1” belongs to another event, accepted %2 as %3, whose content differs.</source>
        <translation>Die ID „%1“ gehört zu einem anderen Ereignis, angenommen %2 als %3, dessen Inhalt anders ist.</translation>
    </message>
    <message>
        <source>The id “%1” is given to two events whose content differs.</source>
        <translation>Die ID „%1“ haben zwei Ereignisse mit verschiedenem Inhalt.</translation>
    </message>
    <message>
        <source>A delivery died. %1</source>
        <translation>Eine Zustellung ist gestorben. %1</translation>
    </message>
    <message>
        <source>Five deliveries in a row have failed. %1</source>
        <translation>Fünf Zustellungen nacheinander sind fehlgeschlagen. %1</translation>
    </message>
    <message>
        <source>When the mute ended, the integration had the status that was delivered last.</source>
        <translation>Als die Stummschaltung endete, hatte die Integration den Status, der zuletzt zugestellt wurde.</translation>
    </message>
    <message>
        <source>When the mute ended, the webhook&apos;s filters did not match it.</source>
        <translation>Als die Stummschaltung endete, ließen die Filter des Webhooks es nicht durch.</translation>
    </message>
    <message>
        <source>The integration came back to %1 within the settle time, so there is nothing to tell.</source>
        <translation>Die Integration kehrte innerhalb der Beruhigungszeit zu %1 zurück, also gibt es nichts zu melden.</translation>
    </message>
    <message>
        <source>A newer status came, and only the newest one is kept.</source>
        <translation>Ein neuerer Status kam, und nur der neueste wird behalten.</translation>
    </message>
    <message>
        <source>It was muted, and a newer status came: of those, only the newest one is kept.</source>
        <translation>Sie war stummgeschaltet, und ein neuerer Status kam: davon wird nur der neueste behalten.</translation>
    </message>
    <message>
        <source>The current status was asked for, and only the newest one is kept.</source>
        <translation>Der aktuelle Status wurde angefordert, und nur der neueste wird behalten.</translation>
    </message>
    <message>
        <source>The webhook “%1” is inactive: activate it first.</source>
        <translation>Der Webhook „%1“ ist inaktiv: ihn zuerst aktivieren.</translation>
    </message>
    <message>
        <source>Its status did not last the settle time of %1.</source>
        <translation>Ihr Status hat die Beruhigungszeit von %1 nicht angehalten.</translation>
    </message>
    <message>
        <source>The integration turned %1 before this was sent, and only the newest status is kept.</source>
        <translation>Die Integration wechselte zu %1, bevor dies gesendet wurde, und nur der neueste Status wird behalten.</translation>
    </message>
    <message>
        <source>It was not delivered within its maximum age of %1.</source>
        <translation>Sie wurde nicht innerhalb ihres Höchstalters von %1 zugestellt.</translation>
    </message>
</context>
<context>
    <name>Tocsin::OutboxTargets</name>
    <message>
        <source>The webhook was removed.</source>
        <translation>Der Webhook wurde entfernt.</translation>
    </message>
</context>
<context>
    <name>Tocsin::PauseAction</name>
    <message>
        <source>&amp;Resume Deliveries</source>
        <translation>Zustellung &amp;fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause Deliveries</source>
        <translation>Zustellung an&amp;halten</translation>
    </message>
</context>
<context>
    <name>Tocsin::PayloadSchema</name>
    <message>
        <source>What kind of event this is.</source>
        <translation>Um welche Art von Ereignis es sich handelt.</translation>
    </message>
    <message>
        <source>When the status changed: seconds since 1970, or text as RFC 3339 writes it.</source>
        <translation>Wann sich der Status geändert hat: Sekunden seit 1970 oder Text in der Schreibweise von RFC 3339.</translation>
    </message>
    <message>
        <source>The integration whose status changed.</source>
        <translation>Die Integration, deren Status sich geändert hat.</translation>
    </message>
    <message>
        <source>The integration&apos;s identifier; it stays the same when the integration is renamed.</source>
        <translation>Die Kennung der Integration; sie bleibt gleich, wenn die Integration umbenannt wird.</translation>
    </message>
    <message>
        <source>The integration&apos;s name.</source>
        <translation>Der Name der Integration.</translation>
    </message>
    <message>
        <source>What the integration connects to, such as postgresql, aws-account or k8s-roles.</source>
        <translation>Womit sich die Integration verbindet, etwa postgresql, aws-account oder k8s-roles.</translation>
    </message>
    <message>
        <source>The status that the integration has now.</source>
        <translation>Der Status, den die Integration jetzt hat.</translation>
    </message>
    <message>
        <source>What is wrong, one item an issue; empty when nothing is.</source>
        <translation>Was nicht in Ordnung ist, ein Eintrag je Problem; leer, wenn keines besteht.</translation>
    </message>
    <message>
        <source>How bad the issue is, such as Warning or Error.</source>
        <translation>Wie schwer das Problem ist, etwa Warning oder Error.</translation>
    </message>
    <message>
        <source>What is wrong, in words.</source>
        <translation>Was nicht in Ordnung ist, in Worten.</translation>
    </message>
    <message>
        <source>The event&apos;s own identifier; the same one is not taken again for seven days.</source>
        <translation>Die eigene Kennung des Ereignisses; dieselbe wird sieben Tage lang nicht noch einmal angenommen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::PayloadSchemaModel</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
</context>
<context>
    <name>Tocsin::PayloadSchemaView</name>
    <message>
        <source>Insert {{%1}}</source>
        <translation>{{%1}} einfügen</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
</context>
<context>
    <name>Tocsin::PreviewPanel</name>
    <message>
        <source>Own JSON…</source>
        <translation>Eigenes JSON…</translation>
    </message>
    <message>
        <source>The sample event is empty.</source>
        <translation>Das Beispielereignis ist leer.</translation>
    </message>
    <message>
        <source>Sample event: %1</source>
        <translation>Beispielereignis: %1</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
    <message>
        <source>%1 · valid JSON</source>
        <translation>%1 · gültiges JSON</translation>
    </message>
    <message>
        <source>The body template is empty.</source>
        <translation>Die Body-Vorlage ist leer.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ProblemLabel</name>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
</context>
<context>
    <name>Tocsin::ProblemWindow</name>
    <message>
        <source>Tocsin</source>
        <translation>Tocsin</translation>
    </message>
    <message>
        <source>This profile cannot be opened</source>
        <translation>Dieses Profil kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Nothing in %1 was changed. Put right what the sentence names and try again, or open another folder as the profile.</source>
        <translation>In %1 wurde nichts geändert. Beheben Sie, was der Satz nennt, und versuchen Sie es erneut, oder öffnen Sie einen anderen Ordner als Profil.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Open Another Profile…</source>
        <translation>Anderes Profil öffnen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Open another profile</source>
        <translation>Anderes Profil öffnen</translation>
    </message>
</context>
<context>
    <name>Tocsin::ReadableSecrets</name>
    <message>
        <source>&quot;%1&quot; looks like a secret and stays readable, because it is a number: only text is moved to the keychain.</source>
        <translation>„%1“ sieht nach einem Geheimnis aus und bleibt lesbar, denn es ist eine Zahl: Nur Text kommt in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks like a secret and stays readable, because blocks cut it into pieces.</source>
        <translation>„%1“ sieht nach einem Geheimnis aus und bleibt lesbar, denn Blöcke zerschneiden es.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks like a secret and stays readable, because the text around it is no JSON that tells how it is to be escaped.</source>
        <translation>„%1“ sieht nach einem Geheimnis aus und bleibt lesbar, denn der Text darum ist kein JSON, das sagt, wie es zu maskieren ist.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks like a secret and stays readable, because only the object that it stands in is named like one.</source>
        <translation>„%1“ sieht nach einem Geheimnis aus und bleibt lesbar, denn nur das Objekt, in dem es steht, heißt wie eines.</translation>
    </message>
    <message numerus="yes">
        <source>%n more like it stay(s) so, too.</source>
        <translation>
            <numerusform>%n weiteres dieser Art bleibt es auch.</numerusform>
            <numerusform>%n weitere dieser Art bleiben es auch.</numerusform>
        </translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks like a secret and stays readable, because its value has placeholders: write the secret as ${secret:KEY}.</source>
        <translation>„%1“ sieht wie ein Geheimnis aus und bleibt lesbar, weil sein Wert Platzhalter hat: Schreiben Sie das Geheimnis als ${secret:KEY}.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Receiver</name>
    <message>
        <source>Tocsin throw-away authority</source>
        <translation>Tocsin-Wegwerf-Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>The receiver cannot listen on %1: the port is taken, or the address is not one of this machine.</source>
        <translation>Der Empfänger kann nicht auf %1 lauschen: Der Port ist belegt, oder die Adresse gehört nicht zu diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ReceiverCommand</name>
    <message>
        <source>run a local HTTPS target that shows what arrives, until stopped</source>
        <translation>ein lokales HTTPS-Ziel, das anzeigt, was ankommt, bis zum Abbruch betreiben</translation>
    </message>
    <message>
        <source>where (else a free port of 127.0.0.1)</source>
        <translation>wo (sonst ein freier Port von 127.0.0.1)</translation>
    </message>
    <message>
        <source>write the throw-away certificate authority there (else it is printed)</source>
        <translation>die Wegwerf-Zertifizierungsstelle dorthin schreiben (sonst wird sie ausgegeben)</translation>
    </message>
    <message>
        <source>the HTTP status to answer with (else 200)</source>
        <translation>der HTTP-Status, mit dem geantwortet wird (sonst 200)</translation>
    </message>
    <message>
        <source>the JSON to answer with</source>
        <translation>das JSON, mit dem geantwortet wird</translation>
    </message>
    <message>
        <source>end after so many requests</source>
        <translation>nach so vielen Anfragen enden</translation>
    </message>
    <message>
        <source>tocsinctl: --listen takes an address and a port, as in 127.0.0.1:8443.</source>
        <translation>tocsinctl: --listen erwartet eine Adresse und einen Port, etwa 127.0.0.1:8443.</translation>
    </message>
    <message>
        <source>tocsinctl: --count takes a number from 1.</source>
        <translation>tocsinctl: --count erwartet eine Zahl ab 1.</translation>
    </message>
    <message>
        <source>tocsinctl: --status takes a number from 200 to 599.</source>
        <translation>tocsinctl: --status erwartet eine Zahl von 200 bis 599.</translation>
    </message>
    <message>
        <source>tocsinctl: --answer takes JSON: %1</source>
        <translation>tocsinctl: --answer erwartet JSON: %1</translation>
    </message>
    <message>
        <source>The certificate authority cannot be written: %1.</source>
        <translation>Die Zertifizierungsstelle kann nicht geschrieben werden: %1.</translation>
    </message>
    <message>
        <source>Listening on %1</source>
        <translation>Lauscht auf %1</translation>
    </message>
    <message>
        <source>Its certificate authority is in %1</source>
        <translation>Die zugehörige Zertifizierungsstelle liegt in %1</translation>
    </message>
    <message>
        <source>how it answers: at-once (else), late, drip (byte by byte), reset (no answer), cut-off (half of it)</source>
        <translation>wie er antwortet: at-once (sonst), late (spät), drip (Byte für Byte), reset (gar nicht), cut-off (nur halb)</translation>
    </message>
    <message>
        <source>how late, or between two bytes, in whole seconds (else 1)</source>
        <translation>wie spät, oder zwischen zwei Bytes, in ganzen Sekunden (sonst 1)</translation>
    </message>
    <message>
        <source>what it shows: right (else), other-name, expired, unknown-authority</source>
        <translation>was er zeigt: right (sonst), other-name (anderer Name), expired (abgelaufen), unknown-authority (fremde Zertifizierungsstelle)</translation>
    </message>
    <message>
        <source>tocsinctl: --pause takes a number from 0 to %1.</source>
        <translation>tocsinctl: --pause erwartet eine Zahl von 0 bis %1.</translation>
    </message>
    <message>
        <source>tocsinctl: --%1 takes one of %2.</source>
        <translation>tocsinctl: --%1 erwartet eines von %2.</translation>
    </message>
    <message>
        <source>whose connection was reset</source>
        <translation>dessen Verbindung zurückgesetzt wurde</translation>
    </message>
    <message>
        <source>answered with %1, cut off</source>
        <translation>mit %1 beantwortet, abgeschnitten</translation>
    </message>
    <message>
        <source>answered with %1</source>
        <translation>mit %1 beantwortet</translation>
    </message>
    <message>
        <source>%1 %2 %3 from %4, %5</source>
        <translation>%1 %2 %3 von %4, %5</translation>
    </message>
</context>
<context>
    <name>Tocsin::ReceiverPage</name>
    <message>
        <source>Nothing arrived yet</source>
        <translation>Noch nichts angekommen</translation>
    </message>
    <message>
        <source>Start the receiver, add a webhook for it, and press Test.</source>
        <translation>Starten Sie den Empfänger, fügen Sie einen Webhook dafür hinzu und wählen Sie „Testen“.</translation>
    </message>
    <message>
        <source>Stop Receiver</source>
        <translation>Empfänger anhalten</translation>
    </message>
    <message>
        <source>Start Receiver</source>
        <translation>Empfänger starten</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Sofort</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Spät</translation>
    </message>
    <message>
        <source>Byte by byte</source>
        <translation>Byte für Byte</translation>
    </message>
    <message>
        <source>Cut off in the middle</source>
        <translation>In der Mitte abgeschnitten</translation>
    </message>
    <message>
        <source>Not at all: resets the connection</source>
        <translation>Gar nicht: setzt die Verbindung zurück</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>Sein eigenes</translation>
    </message>
    <message>
        <source>For another host</source>
        <translation>Für einen anderen Host</translation>
    </message>
    <message>
        <source>Expired yesterday</source>
        <translation>Gestern abgelaufen</translation>
    </message>
    <message>
        <source>Of an unknown authority</source>
        <translation>Von einer unbekannten Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>seconds between two bytes</source>
        <translation>Sekunden zwischen zwei Bytes</translation>
    </message>
    <message>
        <source>seconds late</source>
        <translation>Sekunden später</translation>
    </message>
    <message>
        <source>Add a webhook for it, and press Test.</source>
        <translation>Fügen Sie einen Webhook dafür hinzu und wählen Sie „Testen“.</translation>
    </message>
</context>
<context>
    <name>Tocsin::RemoveJob</name>
    <message>
        <source>There is no such webhook any more.</source>
        <translation>Diesen Webhook gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The keychain cannot be written to now; what it holds for &quot;%1&quot; is removed once it is unlocked.</source>
        <translation>In den Schlüsselbund kann derzeit nicht geschrieben werden; was er für „%1“ enthält, wird nach dem Entsperren entfernt.</translation>
    </message>
</context>
<context>
    <name>Tocsin::RenderCommand</name>
    <message>
        <source>print the rendered body, with secrets as dots</source>
        <translation>den erzeugten Body ausgeben, Geheimnisse als Punkte</translation>
    </message>
</context>
<context>
    <name>Tocsin::ReplayDialog</name>
    <message>
        <source>Dead</source>
        <translation>Tot</translation>
    </message>
    <message>
        <source>Superseded</source>
        <translation>Überholt</translation>
    </message>
    <message>
        <source>Dead or superseded</source>
        <translation>Tot oder überholt</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>All integrations</source>
        <translation>Alle Integrationen</translation>
    </message>
    <message>
        <source>All webhooks</source>
        <translation>Alle Webhooks</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an integration and its id</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>with “%1”</source>
        <translation>mit „%1“</translation>
    </message>
    <message>
        <source>that ended %1</source>
        <translation>die %1 endeten</translation>
    </message>
    <message>
        <source>that died of the chosen cause</source>
        <translation>die an der gewählten Ursache starben</translation>
    </message>
    <message>
        <source>&amp;Only those %1</source>
        <translation>&amp;Nur die %1</translation>
    </message>
    <message>
        <source>This is no time such as 2026-01-31 08:00, and no age such as 2h.</source>
        <translation>Das ist keine Zeit wie 2026-01-31 08:00 und kein Alter wie 2h.</translation>
    </message>
    <message>
        <source>Write statuses such as 503 or 5xx, separated by commas, or none.</source>
        <translation>Schreiben Sie Status wie 503 oder 5xx, durch Kommas getrennt, oder none.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Replay %Ln</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln &amp;wiederholen</numerusform>
            <numerusform>%Ln &amp;wiederholen</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Send them again, in their order and under their ids</source>
        <translation>Sie noch einmal senden, in ihrer Reihenfolge und unter ihren Kennungen</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>Nothing can be counted until what is marked is right.</source>
        <translation>Es kann nichts gezählt werden, bis das Markierte richtig ist.</translation>
    </message>
    <message numerus="yes">
        <source>There is nothing to replay: the webhooks of these %Ln deliveries were removed.</source>
        <translation>
            <numerusform>Es gibt nichts zu wiederholen: der Webhook dieser %Ln Zustellung wurde entfernt.</numerusform>
            <numerusform>Es gibt nichts zu wiederholen: die Webhooks dieser %Ln Zustellungen wurden entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>No delivery matches these filters.</source>
        <translation>Keine Zustellung passt zu diesen Filtern.</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <comment>a field</comment>
        <translation>%1 leeren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries will be sent again.</source>
        <translation>
            <numerusform>%Ln Zustellung wird noch einmal gesendet.</numerusform>
            <numerusform>%Ln Zustellungen werden noch einmal gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a webhook, how many deliveries</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more webhooks</source>
        <translation>
            <numerusform>%Ln weiterer Webhook</numerusform>
            <numerusform>%Ln weitere Webhooks</numerusform>
        </translation>
    </message>
    <message>
        <source>By webhook: %1.</source>
        <translation>Nach Webhook: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of removed webhooks are left out.</source>
        <translation>
            <numerusform>%Ln eines entfernten Webhooks wird ausgelassen.</numerusform>
            <numerusform>%Ln entfernter Webhooks werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Replayed %1 of %2.</source>
        <translation>%1 von %2 wiederholt.</translation>
    </message>
    <message>
        <source>The replay was stopped: %1</source>
        <translation>Die Wiederholung wurde angehalten: %1</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
</context>
<context>
    <name>Tocsin::RequestBuilder</name>
    <message>
        <source>The value of the header %1 holds a line break or another control character.</source>
        <translation>Der Wert des Headers %1 enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.</translation>
    </message>
    <message>
        <source>The body template does not render to JSON.</source>
        <translation>Die Body-Vorlage ergibt kein JSON.</translation>
    </message>
    <message>
        <source>Correct the body template where it is marked.</source>
        <translation>Korrigieren Sie die Body-Vorlage an der markierten Stelle.</translation>
    </message>
    <message>
        <source>Send less of the event: name the fields that the target needs.</source>
        <translation>Senden Sie weniger vom Ereignis: Nennen Sie die Felder, die das Ziel benötigt.</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>With its secrets in place the URL cannot be sent to: %1</source>
        <translation>Mit ihren Geheimnissen kann an die URL nicht gesendet werden: %1</translation>
    </message>
    <message>
        <source>The secret “%1” holds a character at position %2 that a URL cannot hold: store it percent-encoded.</source>
        <translation>Das Geheimnis „%1“ enthält an Stelle %2 ein Zeichen, das in einer URL nicht stehen kann: Speichern Sie es prozentkodiert.</translation>
    </message>
    <message>
        <source>The value of the parameter %1 holds a line break or another control character.</source>
        <translation>Der Wert des Parameters %1 enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.</translation>
    </message>
    <message>
        <source>Copy the signing secret from the receiver again.</source>
        <translation>Kopieren Sie das Signiergeheimnis noch einmal vom Empfänger.</translation>
    </message>
    <message>
        <source>The template cannot be rendered.</source>
        <translation>Die Vorlage kann nicht gerendert werden.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ResponseHead</name>
    <message>
        <source>its header is larger than 256 KiB</source>
        <translation>ihr Header ist größer als 256 KiB</translation>
    </message>
    <message>
        <source>a field of its header is larger than 100 KiB</source>
        <translation>ein Feld des Headers ist größer als 100 KiB</translation>
    </message>
    <message>
        <source>its first line is not a status line of HTTP</source>
        <translation>ihre erste Zeile ist keine Statuszeile von HTTP</translation>
    </message>
    <message>
        <source>its header has more than %L1 fields</source>
        <translation>ihr Header hat mehr als %L1 Felder</translation>
    </message>
    <message>
        <source>a line of its header has no name and colon</source>
        <translation>eine Zeile ihres Headers hat weder Namen noch Doppelpunkt</translation>
    </message>
    <message>
        <source>its Content-Length is not a number</source>
        <translation>ihre Content-Length ist keine Zahl</translation>
    </message>
    <message>
        <source>it has two different Content-Lengths, %1 and %2</source>
        <translation>sie hat zwei verschiedene Content-Lengths, %1 und %2</translation>
    </message>
    <message>
        <source>its first line names a version of HTTP that it does not speak here</source>
        <translation>ihre erste Zeile nennt eine Version von HTTP, die hier nicht gesprochen wird</translation>
    </message>
</context>
<context>
    <name>Tocsin::SaveJob</name>
    <message>
        <source>There is no webhook to save.</source>
        <translation>Es ist kein Webhook zum Speichern vorhanden.</translation>
    </message>
    <message>
        <source>The webhook &quot;%1&quot; already has this id; replace it, or leave the id out.</source>
        <translation>Der Webhook „%1“ hat diese ID bereits; ersetzen Sie ihn, oder lassen Sie die ID weg.</translation>
    </message>
    <message>
        <source>A webhook named &quot;%1&quot; exists already; choose another name.</source>
        <translation>Ein Webhook namens „%1“ ist bereits vorhanden; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; stands here twice.</source>
        <translation>Der Name „%1“ steht hier zweimal.</translation>
    </message>
    <message>
        <source>The id %1 stands here twice.</source>
        <translation>Die ID %1 steht hier zweimal.</translation>
    </message>
    <message>
        <source>There is no secret named %1; store it first, or enter its value here.</source>
        <translation>Es gibt kein Geheimnis namens %1; speichern Sie es zuerst, oder geben Sie seinen Wert hier ein.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SchemaCommand</name>
    <message>
        <source>print the event&apos;s payload schema, a JSON Schema</source>
        <translation>das Payload-Schema des Ereignisses ausgeben, ein JSON Schema</translation>
    </message>
</context>
<context>
    <name>Tocsin::ScopeTroubleshooting</name>
    <message>
        <source>The target answered %1: the token lacks %2.</source>
        <translation>Das Ziel antwortete %1: Dem Token fehlt %2.</translation>
    </message>
    <message>
        <source>The token endpoint answered %1: the request lacks %2.</source>
        <translation>Der Token-Endpunkt antwortete %1: Der Anfrage fehlt %2.</translation>
    </message>
    <message>
        <source>Add the scopes that it asks for under Scopes; the authorization server has to allow them.</source>
        <translation>Tragen Sie die verlangten Scopes unter „Scopes“ ein; der Autorisierungsserver muss sie erlauben.</translation>
    </message>
    <message>
        <source>Add %1 under Scopes; the authorization server has to allow it, too.</source>
        <translation>Tragen Sie %1 unter „Scopes“ ein; auch der Autorisierungsserver muss das erlauben.</translation>
    </message>
    <message>
        <source>The webhook does not ask for the scope.</source>
        <translation>Der Webhook verlangt den Scope nicht.</translation>
    </message>
    <message>
        <source>The authorization server does not give this client the scope.</source>
        <translation>Der Autorisierungsserver gibt diesem Client den Scope nicht.</translation>
    </message>
    <message>
        <source>a scope (insufficient_scope)</source>
        <translation>ein Scope (insufficient_scope)</translation>
    </message>
    <message>
        <source>the scope “%1”</source>
        <translation>Scope „%1“</translation>
    </message>
    <message>
        <source>the scopes “%1”</source>
        <translation>Scopes „%1“</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretDeleteCommand</name>
    <message>
        <source>remove a secret from the keychain</source>
        <translation>ein Geheimnis aus dem Schlüsselbund entfernen</translation>
    </message>
    <message>
        <source>tocsinctl: There is no secret named %1.</source>
        <translation>tocsinctl: Es gibt kein Geheimnis namens %1.</translation>
    </message>
    <message>
        <source>tocsinctl: warning: The webhook &quot;%1&quot; still refers to %2.</source>
        <translation>tocsinctl: Warnung: Der Webhook „%1“ verweist noch auf %2.</translation>
    </message>
    <message>
        <source>Deleted %1.</source>
        <translation>%1 gelöscht.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretEdit</name>
    <message>
        <source>•••••••• in the keychain</source>
        <translation>•••••••• im Schlüsselbund</translation>
    </message>
    <message>
        <source>Show %1 for a moment</source>
        <translation>%1 kurz anzeigen</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 verbergen</translation>
    </message>
    <message>
        <source>Forget the stored %1</source>
        <translation>Gespeicherten Wert verwerfen: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretJournal</name>
    <message>
        <source>Another change of this webhook is under way; wait until it has ended.</source>
        <translation>Eine andere Änderung dieses Webhooks läuft; warten Sie, bis sie abgeschlossen ist.</translation>
    </message>
    <message>
        <source>The profile&apos;s folder %1 cannot be written to.</source>
        <translation>In den Profilordner %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretListCommand</name>
    <message>
        <source>print the names of the secrets, and which webhooks refer to them</source>
        <translation>die Namen der Geheimnisse ausgeben und welche Webhooks auf sie verweisen</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretSequence</name>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretService</name>
    <message>
        <source>The keychain service of this session does not answer: restart it, or sign in again.</source>
        <translation>Der Schlüsselbunddienst dieser Sitzung antwortet nicht: Starten Sie ihn neu, oder melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>No keychain service runs in this session: install and start GNOME Keyring or KWallet, or use a credentials folder.</source>
        <translation>In dieser Sitzung läuft kein Schlüsselbunddienst: Installieren und starten Sie GNOME Keyring oder KWallet, oder verwenden Sie einen Ordner für Zugangsdaten.</translation>
    </message>
    <message>
        <source>The keychain service has no default keyring to put secrets in: create one (for example in “Passwords and Keys”), or use a credentials folder.</source>
        <translation>Der Schlüsselbunddienst hat keinen Standardschlüsselbund, in dem Geheimnisse abgelegt werden können: Legen Sie einen an (zum Beispiel in „Passwörter und Verschlüsselung“), oder verwenden Sie einen Ordner für Zugangsdaten.</translation>
    </message>
    <message>
        <source>The keychain stayed locked because its prompt was closed: do this again and unlock it.</source>
        <translation>Der Schlüsselbund blieb gesperrt, weil seine Abfrage geschlossen wurde: Wiederholen Sie den Vorgang, und entsperren Sie ihn.</translation>
    </message>
    <message>
        <source>There is no keychain because no D-Bus session runs: start Tocsin in a desktop session, or use a credentials folder.</source>
        <translation>Es gibt keinen Schlüsselbund, weil keine D-Bus-Sitzung läuft: Starten Sie Tocsin in einer Desktop-Sitzung, oder verwenden Sie einen Ordner für Zugangsdaten.</translation>
    </message>
    <message>
        <source>The keychain service ended while it was asked to unlock: start it, and do this again.</source>
        <translation>Der Schlüsselbunddienst endete, während er entsperren sollte: Starten Sie ihn, und wiederholen Sie den Vorgang.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretSetCommand</name>
    <message>
        <source>store the value on standard input in the keychain</source>
        <translation>den Wert von der Standardeingabe im Schlüsselbund speichern</translation>
    </message>
    <message>
        <source>tocsinctl: A secret&apos;s key is 1 to 128 letters, digits, dots, underscores, hyphens and slashes.</source>
        <translation>tocsinctl: Der Schlüssel eines Geheimnisses besteht aus 1 bis 128 Buchstaben, Ziffern, Punkten, Unterstrichen, Bindestrichen und Schrägstrichen.</translation>
    </message>
    <message>
        <source>Value of %1: </source>
        <translation>Wert von %1: </translation>
    </message>
    <message>
        <source>Stored %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretStore</name>
    <message>
        <source>The keychain is open.</source>
        <translation>Der Schlüsselbund ist offen.</translation>
    </message>
    <message>
        <source>The keychain is locked: unlock it, and do this again.</source>
        <translation>Der Schlüsselbund ist gesperrt: Entsperren Sie ihn, und wiederholen Sie den Vorgang.</translation>
    </message>
    <message>
        <source>There is no keychain in this session: start GNOME Keyring or KWallet, or use a credentials folder.</source>
        <translation>In dieser Sitzung gibt es keinen Schlüsselbund: Starten Sie GNOME Keyring oder KWallet, oder verwenden Sie einen Ordner für Zugangsdaten.</translation>
    </message>
    <message>
        <source>The keychain refused access: allow Tocsin to use it.</source>
        <translation>Der Schlüsselbund verweigerte den Zugriff: Erlauben Sie Tocsin, ihn zu verwenden.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretText</name>
    <message>
        <source>The secret reference is not closed: write it as ${secret:KEY}.</source>
        <translation>Der Verweis auf das Geheimnis ist nicht geschlossen: Schreiben Sie ihn als ${secret:KEY}.</translation>
    </message>
    <message>
        <source>A secret&apos;s key is 1 to 128 of the characters A–Z, a–z, 0–9, &apos;.&apos;, &apos;_&apos;, &apos;-&apos; and &apos;/&apos;: ${secret:KEY}.</source>
        <translation>Der Schlüssel eines Geheimnisses besteht aus 1 bis 128 der Zeichen A–Z, a–z, 0–9, „.“, „_“, „-“ und „/“: ${secret:KEY}.</translation>
    </message>
    <message>
        <source>There is no secret with the key &quot;%1&quot;.</source>
        <translation>Es gibt kein Geheimnis mit dem Schlüssel „%1“.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretValue</name>
    <message>
        <source>Standard input cannot be read.</source>
        <translation>Die Standardeingabe kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The value is not UTF-8.</source>
        <translation>Der Wert ist kein UTF-8.</translation>
    </message>
    <message>
        <source>The value on standard input is empty.</source>
        <translation>Der Wert auf der Standardeingabe ist leer.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SecretsEdit</name>
    <message>
        <source>URL path</source>
        <translation>Pfad der URL</translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>Geheimnis %1</translation>
    </message>
    <message>
        <source>Token endpoint path</source>
        <translation>Pfad des Token-Endpunkts</translation>
    </message>
    <message>
        <source>Token endpoint %1</source>
        <translation>%1 des Token-Endpunkts</translation>
    </message>
</context>
<context>
    <name>Tocsin::SendEventDialog</name>
    <message>
        <source>Accepts the event and delivers it (%1)</source>
        <translation>Nimmt das Ereignis an und stellt es zu (%1)</translation>
    </message>
    <message>
        <source>New integration</source>
        <translation>Neue Integration</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an integration and its id</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The event is not complete yet.</source>
        <translation>Das Ereignis ist noch nicht vollständig.</translation>
    </message>
    <message>
        <source>would fire if the status changed</source>
        <translation>würde auslösen, wenn sich der Status änderte</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a webhook and what it does</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Stop Waiting</source>
        <translation>Nicht länger warten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The event was not accepted: %1</source>
        <translation>Das Ereignis wurde nicht angenommen: %1</translation>
    </message>
    <message>
        <source>Accepted and suppressed. %1</source>
        <translation>Angenommen und unterdrückt. %1</translation>
    </message>
    <message>
        <source>Accepted; no webhook fires.</source>
        <translation>Angenommen; kein Webhook löst aus.</translation>
    </message>
    <message numerus="yes">
        <source>Accepted, %n webhook(s) fire.</source>
        <translation>
            <numerusform>Angenommen, %n Webhook löst aus.</numerusform>
            <numerusform>Angenommen, %n Webhooks lösen aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>The event is not complete yet. %1</source>
        <translation>Das Ereignis ist noch nicht vollständig. %1</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <comment>a field</comment>
        <translation>%1 ist leer.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ServeCommand</name>
    <message>
        <source>how long deliveries wait that a killed process was sending (1 to %1, else %1)</source>
        <translation>wie lange Zustellungen warten, die ein abgeschossener Prozess gerade sandte (1 bis %1, sonst %1)</translation>
    </message>
    <message>
        <source>tocsinctl: --%1 takes a number from 1 to %2.</source>
        <translation>tocsinctl: --%1 nimmt eine Zahl von 1 bis %2.</translation>
    </message>
    <message>
        <source>deliver, and accept events over HTTP, until stopped</source>
        <translation>zustellen und Ereignisse über HTTP annehmen, bis es beendet wird</translation>
    </message>
    <message>
        <source>accept events there, from whoever has the secret %1</source>
        <translation>dort Ereignisse annehmen, von allen, die das Geheimnis %1 haben</translation>
    </message>
    <message>
        <source>speak TLS with this certificate (PEM, with its chain)</source>
        <translation>TLS mit diesem Zertifikat sprechen (PEM, mit seiner Kette)</translation>
    </message>
    <message>
        <source>the certificate&apos;s key (PEM)</source>
        <translation>der Schlüssel des Zertifikats (PEM)</translation>
    </message>
    <message>
        <source>This is no PEM: it has no BEGIN line.</source>
        <translation>Das ist kein PEM: Es hat keine BEGIN-Zeile.</translation>
    </message>
    <message>
        <source>tocsinctl: --listen takes an address and a port, as in 127.0.0.1:8443.</source>
        <translation>tocsinctl: --listen nimmt eine Adresse und einen Port, wie 127.0.0.1:8443.</translation>
    </message>
    <message>
        <source>tocsinctl: --certificate and --key go together.</source>
        <translation>tocsinctl: --certificate und --key gehören zusammen.</translation>
    </message>
    <message>
        <source>tocsinctl: There is no secret named %1; store it with: tocsinctl secret set %1</source>
        <translation>tocsinctl: Es gibt kein Geheimnis namens %1; speichern Sie es mit: tocsinctl secret set %1</translation>
    </message>
    <message>
        <source>tocsinctl: --certificate and --key need --listen.</source>
        <translation>tocsinctl: --certificate und --key brauchen --listen.</translation>
    </message>
    <message>
        <source>how long finished deliveries, dead ones among them, can be looked at and replayed (else %1)</source>
        <translation>wie lange beendete Zustellungen, auch gescheiterte, angesehen und wiederholt werden können (sonst %1)</translation>
    </message>
    <message>
        <source>how large what was delivered may grow before the oldest of it is forgotten sooner; what waits, and what is dead, does not count and stays (else %1)</source>
        <translation>wie groß Zugestelltes werden darf, bevor das älteste früher vergessen wird; was wartet und was gescheitert ist, zählt nicht und bleibt (sonst %1)</translation>
    </message>
</context>
<context>
    <name>Tocsin::Service</name>
    <message>
        <source>tocsinctl: Delivery %1 is dead: %2</source>
        <translation>tocsinctl: Die Zustellung %1 ist tot: %2</translation>
    </message>
    <message>
        <source>Delivering from %1</source>
        <translation>Zugestellt wird aus %1</translation>
    </message>
    <message>
        <source>%1 delivered, %2 failed, %3 dead, %4 under way</source>
        <translation>%1 zugestellt, %2 fehlgeschlagen, %3 tot, %4 unterwegs</translation>
    </message>
    <message>
        <source>Listening on %1</source>
        <translation>Lauscht auf %1</translation>
    </message>
    <message numerus="yes">
        <source>tocsinctl: %n waiting deliveries to &quot;%1&quot; are dead: %2</source>
        <translation>
            <numerusform>tocsinctl: %n wartende Zustellung an „%1“ ist tot: %2</numerusform>
            <numerusform>tocsinctl: %n wartende Zustellungen an „%1“ sind tot: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Session</name>
    <message>
        <source>tocsinctl: There is no webhook named &quot;%1&quot;; a file&apos;s name has a / or ends in .json.</source>
        <translation>tocsinctl: Es gibt keinen Webhook namens „%1“; der Name einer Datei enthält ein / oder endet auf .json.</translation>
    </message>
    <message>
        <source>tocsinctl: There is no webhook named &quot;%1&quot;.</source>
        <translation>tocsinctl: Es gibt keinen Webhook namens „%1“.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Setting</name>
    <message>
        <source>%1 takes true or false, not &quot;%2&quot;.</source>
        <translation>%1 nimmt true oder false, nicht „%2“.</translation>
    </message>
    <message>
        <source>Whether requests may go to link-local addresses and the metadata services of clouds.</source>
        <translation>Ob Anfragen an link-lokale Adressen und die Metadatendienste von Clouds gehen dürfen.</translation>
    </message>
    <message>
        <source>There is no setting &quot;%1&quot;; known are %2.</source>
        <translation>Es gibt keine Einstellung „%1“; bekannt sind %2.</translation>
    </message>
    <message>
        <source>There is no setting &quot;%1&quot;; the nearest known one is &quot;%2&quot;.</source>
        <translation>Es gibt keine Einstellung „%1“; die nächste bekannte ist „%2“.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SettingGetCommand</name>
    <message>
        <source>print a setting&apos;s value</source>
        <translation>den Wert einer Einstellung ausgeben</translation>
    </message>
</context>
<context>
    <name>Tocsin::SettingListCommand</name>
    <message>
        <source>print the profile&apos;s settings, and what each does</source>
        <translation>die Einstellungen des Profils ausgeben, und was jede tut</translation>
    </message>
    <message>
        <source>KEY</source>
        <translation>SCHLÜSSEL</translation>
    </message>
    <message>
        <source>VALUE</source>
        <translation>WERT</translation>
    </message>
    <message>
        <source>WHAT IT DOES</source>
        <translation>WAS SIE TUT</translation>
    </message>
</context>
<context>
    <name>Tocsin::SettingSetCommand</name>
    <message>
        <source>change a setting, for every program that works on the profile</source>
        <translation>eine Einstellung ändern, für jedes Programm, das mit dem Profil arbeitet</translation>
    </message>
    <message>
        <source>%1 is %2 now.</source>
        <translation>%1 ist jetzt %2.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SettingsDialog</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;Deliver while the window is open</source>
        <translation>&amp;Zustellen, solange das Fenster offen ist</translation>
    </message>
    <message>
        <source>&amp;Keep delivering in the tray when the window is closed</source>
        <translation>Bei geschlossenem Fenster im &amp;Infobereich weiter zustellen</translation>
    </message>
    <message>
        <source>&amp;Notify when a delivery is dead</source>
        <translation>&amp;Benachrichtigen, wenn eine Zustellung tot ist</translation>
    </message>
    <message>
        <source>Allow link-local addresses and cloud &amp;metadata services</source>
        <translation>Link-lokale Adressen und &amp;Metadatendienste von Clouds erlauben</translation>
    </message>
    <message>
        <source>&amp;Check Keychain Again</source>
        <translation>Schlüsselbund erneut &amp;prüfen</translation>
    </message>
</context>
<context>
    <name>Tocsin::SigningSecret</name>
    <message>
        <source>The signing secret begins with whsk_: that is the private key of another kind of signature. Tocsin signs with a whsec_ secret.</source>
        <translation>Das Signiergeheimnis beginnt mit whsk_: das ist der private Schlüssel einer anderen Art von Signatur. Tocsin signiert mit einem whsec_-Geheimnis.</translation>
    </message>
    <message>
        <source>The signing secret has a quotation mark in it: leave it out.</source>
        <translation>Im Signiergeheimnis steht ein Anführungszeichen: lassen Sie es weg.</translation>
    </message>
    <message>
        <source>The signing secret begins with whsec_, but what follows is not base64.</source>
        <translation>Das Signiergeheimnis beginnt mit whsec_, aber was folgt, ist kein Base64.</translation>
    </message>
    <message>
        <source>The signing secret is not base64: it is whsec_ and base64, or base64 alone, as the receiver shows it.</source>
        <translation>Das Signiergeheimnis ist kein Base64: es ist whsec_ und Base64 oder Base64 allein, wie der Empfänger es zeigt.</translation>
    </message>
</context>
<context>
    <name>Tocsin::SpanText</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 h</source>
        <translation>%L1 h</translation>
    </message>
    <message>
        <source>%L1 min</source>
        <translation>%L1 min</translation>
    </message>
    <message>
        <source>%L1 s</source>
        <translation>%L1 s</translation>
    </message>
</context>
<context>
    <name>Tocsin::StatusTroubleshooting</name>
    <message>
        <source>The target answered %1.</source>
        <translation>Das Ziel antwortete mit %1.</translation>
    </message>
    <message>
        <source>Check the authentication: token, header names, and what they are allowed to do.</source>
        <translation>Prüfen Sie die Authentifizierung: Token, Header-Namen und deren Berechtigungen.</translation>
    </message>
    <message>
        <source>The token or key is wrong, expired or revoked.</source>
        <translation>Das Token oder der Schlüssel ist falsch, abgelaufen oder widerrufen.</translation>
    </message>
    <message>
        <source>The header&apos;s name or scheme is not the one the target expects.</source>
        <translation>Name oder Schema des Headers entspricht nicht dem, was das Ziel erwartet.</translation>
    </message>
    <message>
        <source>The token lacks a permission.</source>
        <translation>Dem Token fehlt eine Berechtigung.</translation>
    </message>
    <message>
        <source>Check the path of the URL, and the method.</source>
        <translation>Prüfen Sie den Pfad der URL und die Methode.</translation>
    </message>
    <message>
        <source>The webhook was deleted at the target.</source>
        <translation>Der Webhook wurde am Ziel gelöscht.</translation>
    </message>
    <message>
        <source>The path is misspelt.</source>
        <translation>Der Pfad ist falsch geschrieben.</translation>
    </message>
    <message>
        <source>The target expects another method.</source>
        <translation>Das Ziel erwartet eine andere Methode.</translation>
    </message>
    <message>
        <source>Compare the request&apos;s body with what the target expects; its response often says more.</source>
        <translation>Vergleichen Sie den Body der Anfrage mit dem, was das Ziel erwartet; dessen Antwort sagt oft mehr.</translation>
    </message>
    <message>
        <source>A field is missing in the body, or has another name or type.</source>
        <translation>Ein Feld fehlt im Body oder hat einen anderen Namen oder Typ.</translation>
    </message>
    <message>
        <source>The Content-Type is not the one the target expects.</source>
        <translation>Der Content-Type ist nicht der, den das Ziel erwartet.</translation>
    </message>
    <message>
        <source>Set a rate that the target allows, or lower the concurrency.</source>
        <translation>Stellen Sie eine Rate ein, die das Ziel zulässt, oder verringern Sie die Zahl der gleichzeitigen Zustellungen.</translation>
    </message>
    <message>
        <source>The target limits how many requests it takes.</source>
        <translation>Das Ziel begrenzt, wie viele Anfragen es annimmt.</translation>
    </message>
    <message>
        <source>Look into the target&apos;s log, or try again later.</source>
        <translation>Sehen Sie im Protokoll des Ziels nach, oder versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>The target failed while it worked on the request.</source>
        <translation>Im Ziel trat bei der Verarbeitung der Anfrage ein Fehler auf.</translation>
    </message>
    <message>
        <source>A proxy before the target could not reach it.</source>
        <translation>Ein Proxy vor dem Ziel konnte es nicht erreichen.</translation>
    </message>
    <message>
        <source>The target&apos;s response may say more.</source>
        <translation>Die Antwort des Ziels kann mehr sagen.</translation>
    </message>
    <message>
        <source>The target answered %1 and pointed to %2; redirects are not followed.</source>
        <translation>Das Ziel antwortete mit %1 und verwies auf %2; Umleitungen werden nicht verfolgt.</translation>
    </message>
    <message>
        <source>Where that is the right place, put it into the URL.</source>
        <translation>Ist das die richtige Stelle, tragen Sie sie in die URL ein.</translation>
    </message>
    <message>
        <source>The URL is an old one.</source>
        <translation>Die URL ist veraltet.</translation>
    </message>
    <message>
        <source>The target asks for a login in a browser.</source>
        <translation>Das Ziel verlangt eine Anmeldung im Browser.</translation>
    </message>
    <message>
        <source>Check what the token is asked for: its scopes, and parameters such as audience or resource.</source>
        <translation>Prüfen Sie, wofür das Token angefordert wird: Scopes und Parameter wie „audience“ oder „resource“.</translation>
    </message>
    <message>
        <source>The token is for another audience or resource than this target.</source>
        <translation>Das Token gilt für eine andere „audience“ oder „resource“ als dieses Ziel.</translation>
    </message>
    <message>
        <source>The token lacks a scope, or its client a permission at the target.</source>
        <translation>Dem Token fehlt ein Scope, oder seinem Client eine Berechtigung beim Ziel.</translation>
    </message>
    <message>
        <source>The token endpoint is another tenant&apos;s or environment&apos;s than the target.</source>
        <translation>Der Token-Endpunkt gehört zu einem anderen Mandanten oder einer anderen Umgebung als das Ziel.</translation>
    </message>
</context>
<context>
    <name>Tocsin::Store</name>
    <message>
        <source>There is no webhook with the id “%1”.</source>
        <translation>Es gibt keinen Webhook mit der ID „%1“.</translation>
    </message>
    <message>
        <source>The database %1 holds a damaged document (%2): %3</source>
        <translation>Die Datenbank %1 enthält ein beschädigtes Dokument (%2): %3</translation>
    </message>
    <message>
        <source>There is already a webhook named “%1”: names are unique without regard to case.</source>
        <translation>Ein Webhook namens „%1“ ist bereits vorhanden: Namen sind ohne Rücksicht auf Groß- und Kleinschreibung eindeutig.</translation>
    </message>
    <message>
        <source>The profile %1 has not been opened.</source>
        <translation>Das Profil %1 wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>“%1” was changed elsewhere meanwhile.</source>
        <translation>„%1“ wurde inzwischen anderswo geändert.</translation>
    </message>
</context>
<context>
    <name>Tocsin::TableColumns</name>
    <message>
        <source>C&amp;olumns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>&amp;Reset Columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Tocsin::TemplateCheck</name>
    <message>
        <source>For the status %1: %2</source>
        <translation>Für den Status %1: %2</translation>
    </message>
    <message>
        <source>For the statuses %1: %2</source>
        <translation>Für die Status %1: %2</translation>
    </message>
    <message>
        <source>For the status %1, with the event “%2”: %3</source>
        <translation>Für den Status %1, mit dem Ereignis „%2“: %3</translation>
    </message>
    <message>
        <source>For the statuses %1, with the event “%2”: %3</source>
        <translation>Für die Status %1, mit dem Ereignis „%2“: %3</translation>
    </message>
    <message>
        <source>A request can be made for %1, of every sample event.</source>
        <translation>Für %1 kann aus jedem Beispielereignis eine Anfrage gemacht werden.</translation>
    </message>
</context>
<context>
    <name>Tocsin::TestCommand</name>
    <message>
        <source>send once, and print what went out and what came back</source>
        <translation>einmal senden und ausgeben, was gesendet und empfangen wurde</translation>
    </message>
</context>
<context>
    <name>Tocsin::TestJob</name>
    <message>
        <source>The test was cancelled before anything was sent.</source>
        <translation>Der Test wurde abgebrochen, bevor etwas gesendet wurde.</translation>
    </message>
    <message>
        <source>The profile is not open.</source>
        <translation>Das Profil ist nicht geöffnet.</translation>
    </message>
</context>
<context>
    <name>Tocsin::TestRun</name>
    <message>
        <source>Waiting for the keychain…</source>
        <translation>Warten auf den Schlüsselbund…</translation>
    </message>
    <message>
        <source>Preparing the request…</source>
        <translation>Anfrage wird vorbereitet…</translation>
    </message>
    <message>
        <source>Fetching a token…</source>
        <translation>Token wird abgerufen…</translation>
    </message>
    <message>
        <source>Looking up the name…</source>
        <translation>Name wird aufgelöst…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt…</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>Warten auf die Antwort…</translation>
    </message>
    <message>
        <source>Receiving the answer…</source>
        <translation>Die Antwort wird empfangen…</translation>
    </message>
    <message>
        <source>Test successful</source>
        <translation>Test erfolgreich</translation>
    </message>
    <message>
        <source>Test failed</source>
        <translation>Test fehlgeschlagen</translation>
    </message>
    <message>
        <source>Test failed: %1</source>
        <translation>Test fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>Before the last change: %1</source>
        <translation>Vor der letzten Änderung: %1</translation>
    </message>
    <message>
        <source>Reading secrets…</source>
        <translation>Geheimnisse werden gelesen…</translation>
    </message>
    <message>
        <source>Agreeing on TLS…</source>
        <translation>TLS wird ausgehandelt…</translation>
    </message>
    <message>
        <source>Judging the answer…</source>
        <translation>Antwort wird beurteilt…</translation>
    </message>
</context>
<context>
    <name>Tocsin::TlsIdentity</name>
    <message>
        <source>The client key is encrypted; give it without a password, as the keychain protects it.</source>
        <translation>Der Client-Schlüssel ist verschlüsselt; geben Sie ihn ohne Passwort an, denn der Schlüsselbund schützt ihn.</translation>
    </message>
    <message>
        <source>The client key is not a private key in PEM form.</source>
        <translation>Der Client-Schlüssel ist kein privater Schlüssel im PEM-Format.</translation>
    </message>
    <message>
        <source>The client key does not belong to the client certificate.</source>
        <translation>Der Client-Schlüssel gehört nicht zum Client-Zertifikat.</translation>
    </message>
    <message>
        <source>The CA certificates are not certificates in PEM form.</source>
        <translation>Die CA-Zertifikate sind keine Zertifikate im PEM-Format.</translation>
    </message>
    <message>
        <source>The client key needs its client certificate.</source>
        <translation>Zum Client-Schlüssel fehlt das Client-Zertifikat.</translation>
    </message>
    <message>
        <source>The client certificate needs its client key.</source>
        <translation>Zum Client-Zertifikat fehlt der Client-Schlüssel.</translation>
    </message>
    <message>
        <source>The client certificate is not a certificate in PEM form.</source>
        <translation>Das Client-Zertifikat ist kein Zertifikat im PEM-Format.</translation>
    </message>
</context>
<context>
    <name>Tocsin::TlsTrouble</name>
    <message>
        <source>Where the target is your own, put its authority into the CA certificates.</source>
        <translation>Ist es Ihr eigenes Ziel, tragen Sie dessen Zertifizierungsstelle in die CA-Zertifikate ein.</translation>
    </message>
    <message>
        <source>The target belongs to a private certificate authority.</source>
        <translation>Das Ziel gehört zu einer privaten Zertifizierungsstelle.</translation>
    </message>
    <message>
        <source>The target does not send its intermediate certificates.</source>
        <translation>Das Ziel sendet seine Zwischenzertifikate nicht mit.</translation>
    </message>
    <message>
        <source>Something between here and the target opens the connection.</source>
        <translation>Etwas zwischen diesem Rechner und dem Ziel bricht die Verbindung auf.</translation>
    </message>
    <message>
        <source>Renew the target&apos;s certificate.</source>
        <translation>Erneuern Sie das Zertifikat des Ziels.</translation>
    </message>
    <message>
        <source>The certificate was not renewed.</source>
        <translation>Das Zertifikat wurde nicht erneuert.</translation>
    </message>
    <message>
        <source>The clock of this machine is wrong.</source>
        <translation>Die Uhr dieses Rechners geht falsch.</translation>
    </message>
    <message>
        <source>Check the clock of this machine and the target&apos;s certificate.</source>
        <translation>Prüfen Sie die Uhr dieses Rechners und das Zertifikat des Ziels.</translation>
    </message>
    <message>
        <source>The certificate was installed too early.</source>
        <translation>Das Zertifikat wurde zu früh installiert.</translation>
    </message>
    <message>
        <source>Use a name that the certificate is for in the URL, or give the target another certificate.</source>
        <translation>Verwenden Sie in der URL einen Namen, für den das Zertifikat gilt, oder geben Sie dem Ziel ein anderes Zertifikat.</translation>
    </message>
    <message>
        <source>The URL names the host by another name or address.</source>
        <translation>Die URL nennt den Host mit einem anderen Namen oder einer anderen Adresse.</translation>
    </message>
    <message>
        <source>Another server answers at that address.</source>
        <translation>Unter dieser Adresse antwortet ein anderer Server.</translation>
    </message>
    <message>
        <source>Check that the port speaks HTTPS with TLS 1.2 or later, and whether the target asks for a client certificate.</source>
        <translation>Prüfen Sie, ob der Port HTTPS mit TLS 1.2 oder neuer spricht und ob das Ziel ein Client-Zertifikat verlangt.</translation>
    </message>
    <message>
        <source>The port does not speak TLS.</source>
        <translation>Der Port spricht kein TLS.</translation>
    </message>
    <message>
        <source>The target wants a client certificate, or another one.</source>
        <translation>Das Ziel verlangt ein Client-Zertifikat oder ein anderes als das gesendete.</translation>
    </message>
    <message>
        <source>The target speaks only an old version of TLS.</source>
        <translation>Das Ziel spricht nur eine alte TLS-Version.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 cannot be accepted.</source>
        <translation>Das Zertifikat %1 von %2 kann nicht angenommen werden.</translation>
    </message>
    <message>
        <source>Give the target a certificate that is in order; the evidence says what OpenSSL finds wrong.</source>
        <translation>Geben Sie dem Ziel ein Zertifikat, das in Ordnung ist; die Belege sagen, was OpenSSL daran findet.</translation>
    </message>
    <message>
        <source>The certificate&apos;s key or signature is too weak.</source>
        <translation>Schlüssel oder Signatur des Zertifikats sind zu schwach.</translation>
    </message>
    <message>
        <source>The certificate was not issued for a server.</source>
        <translation>Das Zertifikat wurde nicht für einen Server ausgestellt.</translation>
    </message>
    <message>
        <source>Its authority may not issue certificates.</source>
        <translation>Seine Zertifizierungsstelle darf keine Zertifikate ausstellen.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>for “%1”</source>
        <translation>für „%1“</translation>
    </message>
    <message>
        <source>without a name (number %1)</source>
        <translation>ohne Namen (Nummer %1)</translation>
    </message>
    <message>
        <source>an authority without a name</source>
        <translation>einer Stelle ohne Namen</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 is signed by itself and not trusted.</source>
        <translation>Das Zertifikat %1 von %2 ist von sich selbst signiert und nicht vertrauenswürdig.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 leads to the authority %3, which is not trusted.</source>
        <translation>Das Zertifikat %1 von %2 führt zur Stelle %3, der nicht vertraut wird.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 is signed by %3, which is not trusted.</source>
        <translation>Das Zertifikat %1 von %2 ist von %3 signiert, dem nicht vertraut wird.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 is signed by %3, and that by %4, which is not trusted.</source>
        <translation>Das Zertifikat %1 von %2 ist von %3 signiert und dieses von %4, dem nicht vertraut wird.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2, issued by %3, expired on %4.</source>
        <translation>Das Zertifikat %1 von %2, ausgestellt von %3, ist am %4 abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2, issued by %3, is valid only from %4.</source>
        <translation>Das Zertifikat %1 von %2, ausgestellt von %3, gilt erst ab %4.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 names no host that it is for (it has no subjectAltName).</source>
        <translation>Das Zertifikat %1 von %2 nennt keinen Host, für den es gilt (es hat keinen subjectAltName).</translation>
    </message>
    <message>
        <source>The certificate %1 is for %2, not for %3.</source>
        <translation>Das Zertifikat %1 gilt für %2, nicht für %3.</translation>
    </message>
    <message>
        <source>The certificate has its name in the subject alone, which does not count any more.</source>
        <translation>Das Zertifikat hat seinen Namen nur im Subject, was nicht mehr zählt.</translation>
    </message>
    <message>
        <source>%1 does not speak TLS 1.2 or a later version.</source>
        <translation>%1 spricht weder TLS 1.2 noch eine spätere Version.</translation>
    </message>
    <message>
        <source>Let the target speak TLS 1.2 or 1.3.</source>
        <translation>Lassen Sie das Ziel TLS 1.2 oder 1.3 sprechen.</translation>
    </message>
    <message>
        <source>%1 does not know the name by which it was called.</source>
        <translation>%1 kennt den Namen nicht, unter dem es angesprochen wurde.</translation>
    </message>
    <message>
        <source>Check the host name in the URL.</source>
        <translation>Prüfen Sie den Hostnamen in der URL.</translation>
    </message>
    <message>
        <source>The host name is not the one it is configured for.</source>
        <translation>Der Hostname ist nicht der, für den es eingerichtet ist.</translation>
    </message>
    <message>
        <source>%1 wants a client certificate, and this webhook has none that it could send.</source>
        <translation>%1 verlangt ein Client-Zertifikat, und dieser Webhook hat keines, das er senden könnte.</translation>
    </message>
    <message>
        <source>Put a client certificate and its key into Advanced.</source>
        <translation>Tragen Sie unter Erweitert ein Client-Zertifikat und seinen Schlüssel ein.</translation>
    </message>
    <message>
        <source>The target accepts only clients with a client certificate (mutual TLS).</source>
        <translation>Das Ziel nimmt nur Clients mit einem Client-Zertifikat an (mutual TLS).</translation>
    </message>
    <message>
        <source>%1 does not accept the client certificate “%2”.</source>
        <translation>%1 nimmt das Client-Zertifikat „%2“ nicht an.</translation>
    </message>
    <message>
        <source>Ask the target&apos;s owner which client certificate it accepts.</source>
        <translation>Fragen Sie den Betreiber des Ziels, welches Client-Zertifikat es annimmt.</translation>
    </message>
    <message>
        <source>The target wants a client certificate of another authority.</source>
        <translation>Das Ziel verlangt ein Client-Zertifikat einer anderen Stelle.</translation>
    </message>
    <message>
        <source>The client certificate has expired or was revoked.</source>
        <translation>Das Client-Zertifikat ist abgelaufen oder wurde widerrufen.</translation>
    </message>
    <message>
        <source>The TLS handshake with %1 failed.</source>
        <translation>Der TLS-Handshake mit %1 ist gescheitert.</translation>
    </message>
    <message>
        <source>The certificate %1 of %2 has the address as a name: a client takes an address only from an entry of the type IP.</source>
        <translation>Das Zertifikat %1 von %2 hat die Adresse als Namen: Ein Client nimmt eine Adresse nur aus einem Eintrag der Art IP.</translation>
    </message>
    <message>
        <source>Give the target a certificate with the address in its subjectAltName as IP.</source>
        <translation>Geben Sie dem Ziel ein Zertifikat, das die Adresse im subjectAltName als IP hat.</translation>
    </message>
</context>
<context>
    <name>Tocsin::TlsView</name>
    <message>
        <source>No TLS handshake was completed.</source>
        <translation>Es wurde kein TLS-Handshake abgeschlossen.</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>The target&apos;s certificate</source>
        <translation>Zertifikat des Ziels</translation>
    </message>
    <message>
        <source>Issuing certificate %1</source>
        <translation>Ausstellendes Zertifikat %1</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256-Fingerabdruck</translation>
    </message>
    <message>
        <source>Expired on %1</source>
        <translation>Abgelaufen am %1</translation>
    </message>
    <message>
        <source>Not valid before %1</source>
        <translation>Nicht gültig vor %1</translation>
    </message>
    <message>
        <source>Copy certificate</source>
        <translation>Zertifikat kopieren</translation>
    </message>
</context>
<context>
    <name>Tocsin::ToggleSwitch</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>Tocsin::TokenExchange</name>
    <message>
        <source>Token exchange (client by Basic)</source>
        <translation>Token-Austausch (Client durch Basic)</translation>
    </message>
    <message>
        <source>Token exchange (client by Basic, not form-encoded)</source>
        <translation>Token-Austausch (Client durch Basic, nicht formularkodiert)</translation>
    </message>
    <message>
        <source>Token exchange (client in the body)</source>
        <translation>Token-Austausch (Client im Body)</translation>
    </message>
    <message>
        <source>Token exchange</source>
        <translation>Token-Austausch</translation>
    </message>
    <message>
        <source>The server says that the token was over when it came (expires_in is 0 or less), so it serves for one second only.</source>
        <translation>Der Server sagt, dass der Token schon bei der Ankunft abgelaufen war (expires_in ist 0 oder weniger); er gilt daher nur eine Sekunde.</translation>
    </message>
    <message numerus="yes">
        <source>The answer has %n escape(s) of half a character (a lone surrogate), read as U+FFFD.</source>
        <translation>
            <numerusform>Die Antwort hat %n Escape eines halben Zeichens (eines einzelnen Surrogats), gelesen als U+FFFD.</numerusform>
            <numerusform>Die Antwort hat %n Escapes halber Zeichen (einzelner Surrogate), gelesen als U+FFFD.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::TokenExchangeView</name>
    <message>
        <source>Token request</source>
        <translation>Token-Anfrage</translation>
    </message>
    <message>
        <source>Token response</source>
        <translation>Token-Antwort</translation>
    </message>
    <message>
        <source>Token endpoint&apos;s TLS</source>
        <translation>TLS des Token-Endpunkts</translation>
    </message>
    <message>
        <source>Token request&apos;s body</source>
        <translation>Body der Token-Anfrage</translation>
    </message>
    <message>
        <source>Token response&apos;s body</source>
        <translation>Body der Token-Antwort</translation>
    </message>
    <message>
        <source>A token from an earlier exchange was used, since it was still valid.</source>
        <translation>Ein Token aus einem früheren Token-Abruf wurde verwendet, da es noch gültig war.</translation>
    </message>
    <message>
        <source>No token was needed.</source>
        <translation>Es wurde kein Token benötigt.</translation>
    </message>
    <message>
        <source>The target refused the first token with 401, so a new one was fetched.</source>
        <translation>Das Ziel wies das erste Token mit 401 ab, daher wurde ein neues abgerufen.</translation>
    </message>
    <message>
        <source>The exchange took %1.</source>
        <translation>Der Token-Abruf dauerte %1.</translation>
    </message>
    <message>
        <source>The token is valid for %1.</source>
        <translation>Das Token ist %1 gültig.</translation>
    </message>
    <message>
        <source>The server did not say how long the token is valid.</source>
        <translation>Der Server gab nicht an, wie lange das Token gültig ist.</translation>
    </message>
    <message>
        <source>No response came.</source>
        <translation>Es kam keine Antwort.</translation>
    </message>
    <message>
        <source>Token exchange</source>
        <translation>Token-Austausch</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::TrayIcon</name>
    <message>
        <source>Open Tocsin</source>
        <translation>Tocsin öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Tocsin::TroubleshootView</name>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>What it said</source>
        <translation>Was gemeldet wurde</translation>
    </message>
    <message>
        <source>Likely causes</source>
        <translation>Wahrscheinliche Ursachen</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>a numbered list</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>In the words of the system</source>
        <translation>In den Worten des Systems</translation>
    </message>
    <message>
        <source>Your local receiver is stopped.</source>
        <translation>Ihr lokaler Empfänger ist angehalten.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the local receiver</source>
        <translation>Den lokalen Empfänger starten</translation>
    </message>
</context>
<context>
    <name>Tocsin::Troubleshooting</name>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>the proxy %1</source>
        <translation>Proxy %1</translation>
    </message>
    <message>
        <source>The name of the proxy %1 was not found.</source>
        <translation>Der Name des Proxys %1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>The name %1 was not found.</source>
        <translation>Der Name %1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check the host name in the URL.</source>
        <translation>Prüfen Sie den Hostnamen in der URL.</translation>
    </message>
    <message>
        <source>The host name is misspelt.</source>
        <translation>Der Hostname ist falsch geschrieben.</translation>
    </message>
    <message>
        <source>The name is known only inside a network or VPN that this machine is not in.</source>
        <translation>Der Name ist nur in einem Netzwerk oder VPN bekannt, dem dieser Rechner nicht angehört.</translation>
    </message>
    <message>
        <source>This machine has no working name server.</source>
        <translation>Dieser Rechner hat keinen funktionierenden Nameserver.</translation>
    </message>
    <message>
        <source>No connection to %1 could be made.</source>
        <translation>Es konnte keine Verbindung zu %1 hergestellt werden.</translation>
    </message>
    <message>
        <source>No connection to %1 could be made: %2.</source>
        <translation>Es konnte keine Verbindung zu %1 hergestellt werden: %2.</translation>
    </message>
    <message>
        <source>Check host and port in the URL, and that the target is running.</source>
        <translation>Prüfen Sie Host und Port in der URL und ob das Ziel läuft.</translation>
    </message>
    <message>
        <source>Nothing listens on that port.</source>
        <translation>Auf diesem Port lauscht kein Dienst.</translation>
    </message>
    <message>
        <source>A firewall rejects the connection.</source>
        <translation>Eine Firewall weist die Verbindung ab.</translation>
    </message>
    <message>
        <source>The network of the target cannot be reached from this machine.</source>
        <translation>Das Netzwerk des Ziels ist von diesem Rechner aus nicht erreichbar.</translation>
    </message>
    <message>
        <source>while its name was looked up</source>
        <translation>bei der Namensauflösung</translation>
    </message>
    <message>
        <source>while the connection was made</source>
        <translation>beim Verbindungsaufbau</translation>
    </message>
    <message>
        <source>while the request was sent</source>
        <translation>beim Senden der Anfrage</translation>
    </message>
    <message>
        <source>while the response arrived</source>
        <translation>beim Empfang der Antwort</translation>
    </message>
    <message>
        <source>while the response was awaited</source>
        <translation>beim Warten auf die Antwort</translation>
    </message>
    <message numerus="yes">
        <source>%1 took longer than %n second(s), %2.</source>
        <translation>
            <numerusform>%1 überschritt %2 das Zeitlimit von %n Sekunde.</numerusform>
            <numerusform>%1 überschritt %2 das Zeitlimit von %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check host and port in the URL.</source>
        <translation>Prüfen Sie Host und Port in der URL.</translation>
    </message>
    <message>
        <source>Raise the timeout, or make the target answer before it does its work.</source>
        <translation>Erhöhen Sie das Zeitlimit, oder lassen Sie das Ziel antworten, bevor es die Anfrage bearbeitet.</translation>
    </message>
    <message>
        <source>A firewall drops the connection without a word.</source>
        <translation>Eine Firewall verwirft die Verbindung ohne Rückmeldung.</translation>
    </message>
    <message>
        <source>The host is down or overloaded.</source>
        <translation>Der Host ist ausgefallen oder überlastet.</translation>
    </message>
    <message>
        <source>The target works on the request before it answers.</source>
        <translation>Das Ziel bearbeitet die Anfrage, bevor es antwortet.</translation>
    </message>
    <message>
        <source>The target is overloaded.</source>
        <translation>Das Ziel ist überlastet.</translation>
    </message>
    <message>
        <source>%1 closed the connection in the middle of its response.</source>
        <translation>%1 hat die Verbindung mitten in der Antwort geschlossen.</translation>
    </message>
    <message>
        <source>%1 closed the connection without a response.</source>
        <translation>%1 hat die Verbindung ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>Look into the target&apos;s log for this time. The request may have been acted on.</source>
        <translation>Sehen Sie im Protokoll des Ziels für diesen Zeitpunkt nach. Die Anfrage kann bereits bearbeitet worden sein.</translation>
    </message>
    <message>
        <source>The target or a proxy before it failed.</source>
        <translation>Das Ziel oder ein vorgeschalteter Proxy ist ausgefallen.</translation>
    </message>
    <message>
        <source>The target closes connections it does not like without saying why.</source>
        <translation>Das Ziel schließt unerwünschte Verbindungen ohne Angabe von Gründen.</translation>
    </message>
    <message>
        <source>What %1 answered is not HTTP.</source>
        <translation>Die Antwort von %1 ist kein HTTP.</translation>
    </message>
    <message>
        <source>Another service listens on that port.</source>
        <translation>Auf diesem Port lauscht ein anderer Dienst.</translation>
    </message>
    <message>
        <source>The target answered %1 after %2.</source>
        <translation>Das Ziel antwortete nach %2 mit %1.</translation>
    </message>
    <message>
        <source>The target answered %1.</source>
        <translation>Das Ziel antwortete mit %1.</translation>
    </message>
    <message>
        <source>It pointed to %1; redirects are not followed.</source>
        <translation>Es verwies auf %1; Weiterleitungen wird nicht gefolgt.</translation>
    </message>
    <message>
        <source>It asked to be tried again later (Retry-After: %1).</source>
        <translation>Es verlangte einen späteren Versuch (Retry-After: %1).</translation>
    </message>
    <message>
        <source>It asked for authentication (WWW-Authenticate: %1).</source>
        <translation>Es verlangte eine Authentifizierung (WWW-Authenticate: %1).</translation>
    </message>
    <message>
        <source>Its body was cut after %1.</source>
        <translation>Der Body wurde nach %1 abgeschnitten.</translation>
    </message>
    <message numerus="yes">
        <source>The request went out %Ln times, and no whole answer came back.</source>
        <translation>
            <numerusform>Die Anfrage wurde %Ln-mal gesendet, und es kam keine vollständige Antwort.</numerusform>
            <numerusform>Die Anfrage wurde %Ln-mal gesendet, und es kam keine vollständige Antwort.</numerusform>
        </translation>
    </message>
    <message>
        <source>The request was not sent.</source>
        <translation>Die Anfrage wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>It ended after %1.</source>
        <translation>Sie endete nach %1.</translation>
    </message>
    <message>
        <source>The token came from an earlier exchange.</source>
        <translation>Das Token stammte aus einem früheren Token-Abruf.</translation>
    </message>
    <message>
        <source>The token endpoint did not answer.</source>
        <translation>Der Token-Endpunkt antwortete nicht.</translation>
    </message>
    <message>
        <source>The token exchange succeeded.</source>
        <translation>Der Token-Abruf war erfolgreich.</translation>
    </message>
    <message>
        <source>The token endpoint answered %1.</source>
        <translation>Der Token-Endpunkt antwortete mit %1.</translation>
    </message>
    <message>
        <source>The certificate of %1 was issued by %2 and is valid from %3 to %4.</source>
        <translation>Das Zertifikat von %1 wurde von %2 ausgestellt und gilt vom %3 bis zum %4.</translation>
    </message>
    <message>
        <source>It is in line %1, column %2 of the body template.</source>
        <translation>Die Stelle ist Zeile %1, Spalte %2 der Body-Vorlage.</translation>
    </message>
    <message>
        <source>%1 did not pass.</source>
        <translation>%1 wurde nicht bestanden.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The connection went through the system&apos;s proxy %1.</source>
        <translation>Die Verbindung lief über den System-Proxy %1.</translation>
    </message>
    <message>
        <source>Check the system&apos;s proxy settings.</source>
        <translation>Prüfen Sie die Proxy-Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>The system&apos;s proxy settings name a proxy that is no longer there.</source>
        <translation>Die Proxy-Einstellungen des Systems nennen einen Proxy, den es nicht mehr gibt.</translation>
    </message>
    <message>
        <source>The proxy is not running.</source>
        <translation>Der Proxy läuft nicht.</translation>
    </message>
    <message>
        <source>The proxy asks for a user name and a password.</source>
        <translation>Der Proxy verlangt einen Benutzernamen und ein Passwort.</translation>
    </message>
    <message>
        <source>The proxy does not let this target through.</source>
        <translation>Der Proxy lässt dieses Ziel nicht zu.</translation>
    </message>
    <message>
        <source>The proxy %1 answered 407: it asks for a user name and a password.</source>
        <translation>Der Proxy %1 antwortete 407: Er verlangt Benutzernamen und Passwort.</translation>
    </message>
    <message>
        <source>Put them into the system&apos;s proxy settings.</source>
        <translation>Tragen Sie sie in die Proxy-Einstellungen des Systems ein.</translation>
    </message>
    <message>
        <source>The proxy lets only known users through.</source>
        <translation>Der Proxy lässt nur bekannte Benutzer durch.</translation>
    </message>
    <message>
        <source>The proxy %1 answered %2 and made no connection to %3.</source>
        <translation>Der Proxy %1 antwortete %2 und stellte keine Verbindung zu %3 her.</translation>
    </message>
    <message>
        <source>%1 closed a connection that was kept from an earlier request, without a response.</source>
        <translation>%1 schloss ohne Antwort eine Verbindung, die von einer früheren Anfrage offen gehalten war.</translation>
    </message>
    <message>
        <source>Test again: that makes a new connection. The request may have been acted on.</source>
        <translation>Testen Sie noch einmal: Dann wird eine neue Verbindung hergestellt. Die Anfrage kann bearbeitet worden sein.</translation>
    </message>
    <message>
        <source>The target had closed the connection just before the request came.</source>
        <translation>Das Ziel hatte die Verbindung geschlossen, kurz bevor die Anfrage kam.</translation>
    </message>
    <message>
        <source>The target wants a client certificate, or another one.</source>
        <translation>Das Ziel verlangt ein Client-Zertifikat oder ein anderes als das gesendete.</translation>
    </message>
    <message>
        <source>What %1 answered breaks HTTP: %2.</source>
        <translation>Die Antwort von %1 verletzt HTTP: %2.</translation>
    </message>
    <message>
        <source>Check host and port in the URL, and look into the target&apos;s log.</source>
        <translation>Prüfen Sie Host und Port in der URL, und sehen Sie in das Protokoll des Ziels.</translation>
    </message>
    <message>
        <source>The target, or a proxy before it, is at fault.</source>
        <translation>Das Ziel oder ein Proxy davor ist fehlerhaft.</translation>
    </message>
    <message>
        <source>Nothing is sent to %1: it is a link-local address or the metadata service of a cloud.</source>
        <translation>An %1 wird nichts gesendet: Das ist eine link-lokale Adresse oder der Metadatendienst einer Cloud.</translation>
    </message>
    <message>
        <source>Nothing is sent to %1: its name leads to %2, a link-local address or the metadata service of a cloud.</source>
        <translation>An %1 wird nichts gesendet: Der Name führt zu %2, einer link-lokalen Adresse oder dem Metadatendienst einer Cloud.</translation>
    </message>
    <message>
        <source>Where that is meant, allow it: tocsinctl setting set egress.allow_link_local true</source>
        <translation>Wo das gewollt ist, erlauben Sie es: tocsinctl setting set egress.allow_link_local true</translation>
    </message>
    <message>
        <source>The host in the URL is not a webhook&apos;s target.</source>
        <translation>Der Host in der URL ist nicht das Ziel eines Webhooks.</translation>
    </message>
    <message>
        <source>A name server answers with an address that it should not.</source>
        <translation>Ein Nameserver antwortet mit einer Adresse, die er nicht nennen sollte.</translation>
    </message>
    <message>
        <source>Nothing is sent through the proxy %1: %2 is a link-local address or the metadata service of a cloud.</source>
        <translation>Durch den Proxy %1 wird nichts gesendet: %2 ist eine link-lokale Adresse oder der Metadatendienst einer Cloud.</translation>
    </message>
    <message>
        <source>The system&apos;s proxy settings name what is no proxy.</source>
        <translation>Die Proxy-Einstellungen des Systems nennen, was kein Proxy ist.</translation>
    </message>
    <message>
        <source>The request went out once, and no whole answer came back.</source>
        <translation>Die Anfrage ging einmal hinaus, und keine vollständige Antwort kam zurück.</translation>
    </message>
    <message>
        <source>Check the host name in the token endpoint&apos;s URL.</source>
        <translation>Prüfen Sie den Hostnamen in der URL des Token-Endpunkts.</translation>
    </message>
    <message>
        <source>Check host and port in the token endpoint&apos;s URL, and that the authorization server runs.</source>
        <translation>Prüfen Sie Host und Port in der URL des Token-Endpunkts, und ob der Autorisierungsserver läuft.</translation>
    </message>
    <message>
        <source>The network of the authorization server cannot be reached from this machine.</source>
        <translation>Das Netz des Autorisierungsservers ist von diesem Rechner aus nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check host and port in the token endpoint&apos;s URL.</source>
        <translation>Prüfen Sie Host und Port in der URL des Token-Endpunkts.</translation>
    </message>
    <message>
        <source>Raise the timeout, or look into the authorization server&apos;s log.</source>
        <translation>Erhöhen Sie das Zeitlimit, oder sehen Sie im Protokoll des Autorisierungsservers nach.</translation>
    </message>
    <message>
        <source>The authorization server is overloaded.</source>
        <translation>Der Autorisierungsserver ist überlastet.</translation>
    </message>
    <message>
        <source>The certificate of %1 was issued by %2 and was valid from %3 to %4: it has expired.</source>
        <translation>Das Zertifikat von %1 wurde von %2 ausgestellt und galt vom %3 bis zum %4: Es ist abgelaufen.</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s certificate and the system&apos;s proxy settings; a webhook&apos;s CA certificates do not count for a proxy.</source>
        <translation>Das Zertifikat des Proxys und die Proxy-Einstellungen des Systems prüfen; die CA-Zertifikate eines Webhooks zählen für einen Proxy nicht.</translation>
    </message>
    <message>
        <source>The proxy&apos;s certificate is from an authority that this system does not trust.</source>
        <translation>Das Zertifikat des Proxys ist von einer Stelle, der dieses System nicht vertraut.</translation>
    </message>
    <message>
        <source>The proxy&apos;s certificate has expired, or is for another name.</source>
        <translation>Das Zertifikat des Proxys ist abgelaufen oder gilt für einen anderen Namen.</translation>
    </message>
    <message>
        <source>The system&apos;s proxy settings name a port that does not speak TLS.</source>
        <translation>Die Proxy-Einstellungen des Systems nennen einen Port, der kein TLS spricht.</translation>
    </message>
    <message>
        <source>The proxy is down or overloaded.</source>
        <translation>Der Proxy läuft nicht oder ist überlastet.</translation>
    </message>
    <message>
        <source>The proxy waits for a target that does not answer.</source>
        <translation>Der Proxy wartet auf ein Ziel, das nicht antwortet.</translation>
    </message>
</context>
<context>
    <name>Tocsin::UnmuteCommand</name>
    <message>
        <source>end a webhook&apos;s mute</source>
        <translation>die Stummschaltung eines Webhooks beenden</translation>
    </message>
    <message>
        <source>end an integration&apos;s mute</source>
        <translation>die Stummschaltung einer Integration beenden</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not muted any more.</source>
        <translation>„%1“ ist nicht mehr stummgeschaltet.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was not muted.</source>
        <translation>„%1“ war nicht stummgeschaltet.</translation>
    </message>
</context>
<context>
    <name>Tocsin::UrlSecrets</name>
    <message>
        <source>The URL&apos;s secrets are in the keychain.</source>
        <translation>Die Geheimnisse der URL sind im Schlüsselbund.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorRowEdit</name>
    <message>
        <source>Json Path</source>
        <translation>JSON-Pfad</translation>
    </message>
    <message>
        <source>Expected Values</source>
        <translation>Erwartete Werte</translation>
    </message>
    <message>
        <source>Type a value, press Enter</source>
        <translation>Wert eingeben, Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Response validator %1</source>
        <translation>Antwortprüfung %1</translation>
    </message>
    <message>
        <source>Remove response validator %1</source>
        <translation>Antwortprüfung %1 entfernen</translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorRun</name>
    <message>
        <source>The response was cut at 1 MiB, so %1 cannot be judged.</source>
        <translation>Die Antwort wurde bei 1 MiB abgeschnitten, daher kann %1 nicht beurteilt werden.</translation>
    </message>
    <message>
        <source>The response has no body.</source>
        <translation>Die Antwort hat keinen Body.</translation>
    </message>
    <message>
        <source>The response is not JSON: it starts with “%1”.</source>
        <translation>Die Antwort ist kein JSON: Sie beginnt mit „%1“.</translation>
    </message>
    <message>
        <source>The response has nothing at %1.</source>
        <translation>Die Antwort enthält nichts unter %1.</translation>
    </message>
    <message>
        <source>%1 is %2, not %3.</source>
        <translation>%1 ist %2, nicht %3.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>The response is JSON in %1, and JSON must be UTF-8 (RFC 8259 §8.1).</source>
        <translation>Die Antwort ist JSON in %1, und JSON muss UTF-8 sein (RFC 8259 §8.1).</translation>
    </message>
    <message>
        <source>The response is JSON that is not UTF-8, and JSON must be UTF-8 (RFC 8259 §8.1).</source>
        <translation>Die Antwort ist JSON, das nicht UTF-8 ist, und JSON muss UTF-8 sein (RFC 8259 §8.1).</translation>
    </message>
    <message>
        <source>Judging %1 takes more steps than the %L2 that there are for one response.</source>
        <translation>%1 zu beurteilen braucht mehr Schritte als die %L2, die es für eine Antwort gibt.</translation>
    </message>
    <message>
        <source>far within</source>
        <translation>weit innen</translation>
    </message>
    <message>
        <source>At %1, %L2 of %L3 values fail: the first, %4, is %5, not %6.</source>
        <translation>Bei %1 bestehen %L2 von %L3 Werten nicht: Der erste, %4, ist %5, nicht %6.</translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorText</name>
    <message>
        <source>%1, and %L2 more</source>
        <translation>%1, und %L2 weitere</translation>
    </message>
    <message numerus="yes">
        <source>The response has %n escape(s) of half a character (a lone surrogate): validators saw U+FFFD there.</source>
        <translation>
            <numerusform>Die Antwort hat %n Escape eines halben Zeichens (ein einzelnes Surrogat): die Validatoren sahen dort U+FFFD.</numerusform>
            <numerusform>Die Antwort hat %n Escapes halber Zeichen (einzelne Surrogate): die Validatoren sahen dort U+FFFD.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorTroubleshooting</name>
    <message>
        <source>Compare the response with the validator&apos;s expected values.</source>
        <translation>Vergleichen Sie die Antwort mit den erwarteten Werten der Antwortprüfung.</translation>
    </message>
    <message>
        <source>The target took the request but reports a failure in its response.</source>
        <translation>Das Ziel nahm die Anfrage an, meldet in seiner Antwort aber einen Fehler.</translation>
    </message>
    <message>
        <source>The response has another shape than the Json Path expects.</source>
        <translation>Die Antwort hat einen anderen Aufbau, als der JSON-Pfad erwartet.</translation>
    </message>
    <message>
        <source>An accepted value is missing in the expected values.</source>
        <translation>In den erwarteten Werten fehlt ein zulässiger Wert.</translation>
    </message>
    <message>
        <source>The target answered %1.</source>
        <translation>Das Ziel antwortete mit %1.</translation>
    </message>
    <message numerus="yes">
        <source>The target answered %1, and %n response validator(s) passed.</source>
        <translation>
            <numerusform>Das Ziel antwortete mit %1, und %n Antwortprüfung wurde bestanden.</numerusform>
            <numerusform>Das Ziel antwortete mit %1, und %n Antwortprüfungen wurden bestanden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorsEdit</name>
    <message>
        <source>+ Add</source>
        <translation>+ Hinzufügen</translation>
    </message>
    <message>
        <source>Json Path</source>
        <translation>JSON-Pfad</translation>
    </message>
    <message>
        <source>Expected Values</source>
        <translation>Erwartete Werte</translation>
    </message>
    <message>
        <source>Add a response validator</source>
        <translation>Antwortprüfung hinzufügen</translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorsView</name>
    <message>
        <source>The webhook has no response validators: any answer with a status from 200 to 299 is a success.</source>
        <translation>Der Webhook hat keine Antwortprüfungen: Jede Antwort mit einem Status von 200 bis 299 gilt als Erfolg.</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Nicht bestanden</translation>
    </message>
    <message>
        <source>Json Path</source>
        <translation>JSON-Pfad</translation>
    </message>
    <message>
        <source>Expected Values</source>
        <translation>Erwartete Werte</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>Tatsächlich</translation>
    </message>
    <message>
        <source>nothing at this path</source>
        <translation>nichts unter diesem Pfad</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>Tocsin::VerdictStrip</name>
    <message>
        <source>Copy as cURL</source>
        <translation>Als cURL kopieren</translation>
    </message>
    <message>
        <source>Copy the request as a command for curl, with the secrets left out</source>
        <translation>Die Anfrage als Befehl für curl kopieren, ohne die Geheimnisse</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Copy all: request, response, validators and timings as text, with the secrets left out</source>
        <translation>Alles kopieren: Anfrage, Antwort, Antwortprüfungen und Zeiten als Text, ohne die Geheimnisse</translation>
    </message>
    <message>
        <source>Test successful</source>
        <translation>Test erfolgreich</translation>
    </message>
    <message>
        <source>Test failed</source>
        <translation>Test fehlgeschlagen</translation>
    </message>
    <message>
        <source>In all: %1</source>
        <translation>Gesamt: %1</translation>
    </message>
    <message>
        <source>no response</source>
        <translation>keine Antwort</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln validators passed</source>
        <translation>
            <numerusform>%1 von %Ln Antwortprüfung bestanden</numerusform>
            <numerusform>%1 von %Ln Antwortprüfungen bestanden</numerusform>
        </translation>
    </message>
    <message>
        <source>connection reused</source>
        <translation>Verbindung wiederverwendet</translation>
    </message>
</context>
<context>
    <name>Tocsin::WaterfallView</name>
    <message>
        <source>Timings</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>%1: %2, starting after %3</source>
        <translation>%1: %2, Beginn nach %3</translation>
    </message>
    <message>
        <source>in all %1</source>
        <translation>insgesamt %1</translation>
    </message>
    <message>
        <source>In all: %1</source>
        <translation>Gesamt: %1</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookActivateCommand</name>
    <message>
        <source>let events fire a webhook</source>
        <translation>Ereignisse einen Webhook auslösen lassen</translation>
    </message>
    <message>
        <source>keep events from firing a webhook</source>
        <translation>verhindern, dass Ereignisse einen Webhook auslösen</translation>
    </message>
    <message>
        <source>Activated &quot;%1&quot;.</source>
        <translation>„%1“ aktiviert.</translation>
    </message>
    <message>
        <source>Deactivated &quot;%1&quot;.</source>
        <translation>„%1“ deaktiviert.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookArgument</name>
    <message>
        <source>%1: warning: %2: %3</source>
        <translation>%1: Warnung: %2: %3</translation>
    </message>
    <message>
        <source>the webhook: a document, or a stored one&apos;s name</source>
        <translation>der Webhook: ein Dokument oder der Name eines gespeicherten</translation>
    </message>
    <message>
        <source>the event (else one made from the payload schema&apos;s samples)</source>
        <translation>das Ereignis (sonst eines aus den Beispielen des Payload-Schemas)</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookCheck</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Nicht bestanden</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookCommands</name>
    <message>
        <source>Waiting for the keychain, which asks its owner.</source>
        <translation>Warten auf den Schlüsselbund, der seinen Besitzer fragt.</translation>
    </message>
    <message>
        <source>Saved a copy as %1.</source>
        <translation>Kopie als %1 gespeichert.</translation>
    </message>
    <message>
        <source>Renamed %1 to %2.</source>
        <translation>%1 in %2 umbenannt.</translation>
    </message>
    <message>
        <source>%1 keeps its name: %2</source>
        <translation>%1 behält den Namen: %2</translation>
    </message>
    <message>
        <source>Deleted %1.</source>
        <translation>%1 gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n webhook(s).</source>
        <translation>
            <numerusform>%n Webhook gelöscht.</numerusform>
            <numerusform>%n Webhooks gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Nothing was imported from %1: %2</source>
        <translation>Aus %1 wurde nichts importiert: %2</translation>
    </message>
    <message>
        <source>it holds no webhooks.</source>
        <translation>Darin sind keine Webhooks enthalten.</translation>
    </message>
    <message numerus="yes">
        <source>Imported %n webhook(s) from %1.</source>
        <translation>
            <numerusform>%n Webhook aus %1 importiert.</numerusform>
            <numerusform>%n Webhooks aus %1 importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
    <message numerus="yes">
        <source>Exported %n webhook(s) to %1; their secrets stay in the keychain.</source>
        <translation>
            <numerusform>%n Webhook nach %1 exportiert; die Geheimnisse bleiben im Schlüsselbund.</numerusform>
            <numerusform>%n Webhooks nach %1 exportiert; die Geheimnisse bleiben im Schlüsselbund.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting deliveries are dead now.</source>
        <translation>
            <numerusform>%Ln wartende Zustellung ist jetzt tot.</numerusform>
            <numerusform>%Ln wartende Zustellungen sind jetzt tot.</numerusform>
        </translation>
    </message>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
    <message>
        <source>webhook %1 of %2</source>
        <translation>Webhook %1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>It has %n more faults.</source>
        <translation>
            <numerusform>Es gibt noch %n weiteren Fehler.</numerusform>
            <numerusform>Es gibt noch %n weitere Fehler.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statuses will be sent.</source>
        <translation>
            <numerusform>%Ln Status wird gesendet.</numerusform>
            <numerusform>%Ln Status werden gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statuses will be sent to %1.</source>
        <translation>
            <numerusform>%Ln Status wird an %1 gesendet.</numerusform>
            <numerusform>%Ln Status werden an %1 gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is sent: the filters of %1 match no integration&apos;s current status.</source>
        <translation>Nichts wird gesendet: die Filter von %1 lassen den aktuellen Status keiner Integration durch.</translation>
    </message>
    <message>
        <source>Nothing is sent: the filters match no integration&apos;s current status.</source>
        <translation>Nichts wird gesendet: die Filter lassen den aktuellen Status keiner Integration durch.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookDeleteCommand</name>
    <message>
        <source>remove a webhook and its secrets at once</source>
        <translation>einen Webhook samt seinen Geheimnissen sofort entfernen</translation>
    </message>
    <message>
        <source>tocsinctl: warning: %1</source>
        <translation>tocsinctl: Warnung: %1</translation>
    </message>
    <message>
        <source>Deleted &quot;%1&quot;.</source>
        <translation>„%1“ gelöscht.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookDocument</name>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>ein Array</translation>
    </message>
    <message>
        <source>a number with a fraction</source>
        <translation>eine Zahl mit Nachkommastellen</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>A webhook document must be an object, not %1.</source>
        <translation>Ein Webhook-Dokument muss ein Objekt sein, nicht %1.</translation>
    </message>
    <message>
        <source>a whole number of seconds from 1 to 300</source>
        <translation>eine ganze Zahl von Sekunden von 1 bis 300</translation>
    </message>
    <message>
        <source>The member &quot;%1&quot; is unknown; known are %2.</source>
        <translation>Das Element „%1“ ist unbekannt; bekannt sind %2.</translation>
    </message>
    <message>
        <source>The member &quot;%1&quot; is unknown; the nearest known one is &quot;%2&quot;.</source>
        <translation>Das Element „%1“ ist unbekannt; das ähnlichste bekannte ist „%2“.</translation>
    </message>
    <message>
        <source>an array of strings</source>
        <translation>ein Array von Zeichenketten</translation>
    </message>
    <message>
        <source>id must be a UUID, or be left out before the first save.</source>
        <translation>id muss eine UUID sein oder vor dem ersten Speichern weggelassen werden.</translation>
    </message>
    <message>
        <source>kind must be &quot;integration&quot;; other kinds of webhook do not exist.</source>
        <translation>kind muss „integration“ sein; andere Arten von Webhooks gibt es nicht.</translation>
    </message>
    <message>
        <source>A webhook that runs an integration&apos;s action cannot be used here: give it type.http_request instead of type.integration.</source>
        <translation>Ein Webhook, der die Aktion einer Integration ausführt, kann hier nicht verwendet werden: Geben Sie type.http_request statt type.integration an.</translation>
    </message>
    <message>
        <source>Method must be one of %1.</source>
        <translation>Die Methode muss eine der folgenden sein: %1.</translation>
    </message>
    <message>
        <source>an object of header names and values</source>
        <translation>ein Objekt aus Header-Namen und Werten</translation>
    </message>
    <message>
        <source>The status must be one of %1.</source>
        <translation>Der Status muss einer der folgenden sein: %1.</translation>
    </message>
    <message>
        <source>an array of objects</source>
        <translation>ein Array von Objekten</translation>
    </message>
    <message>
        <source>an array of values</source>
        <translation>ein Array von Werten</translation>
    </message>
    <message>
        <source>a whole number from 1 to 64</source>
        <translation>eine ganze Zahl von 1 bis 64</translation>
    </message>
    <message>
        <source>an array of whole numbers of seconds</source>
        <translation>ein Array von ganzen Zahlen in Sekunden</translation>
    </message>
    <message>
        <source>a whole number of seconds</source>
        <translation>eine ganze Zahl von Sekunden</translation>
    </message>
    <message>
        <source>The value must be %1, not %2.</source>
        <translation>Der Wert muss %1 sein, nicht %2.</translation>
    </message>
    <message>
        <source>an object of parameter names and values</source>
        <translation>ein Objekt aus Parameternamen und Werten</translation>
    </message>
    <message>
        <source>The value must be one of %1.</source>
        <translation>Der Wert muss einer von diesen sein: %1.</translation>
    </message>
    <message>
        <source>a whole number from 1 to 60000</source>
        <translation>eine ganze Zahl von 1 bis 60000</translation>
    </message>
    <message>
        <source>a whole number of seconds from 60 to 2592000 (30 days)</source>
        <translation>eine ganze Zahl von Sekunden von 60 bis 2592000 (30 Tage)</translation>
    </message>
    <message>
        <source>a whole number of seconds from 0 to 3600 (one hour)</source>
        <translation>eine ganze Zahl von Sekunden von 0 bis 3600 (eine Stunde)</translation>
    </message>
    <message>
        <source>Keep must be one of every, newest.</source>
        <translation>Keep muss every oder newest sein.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookDraft</name>
    <message>
        <source>The timeout is not a number; write whole seconds from 1 to 300.</source>
        <translation>Das Zeitlimit ist keine Zahl; geben Sie ganze Sekunden von 1 bis 300 an.</translation>
    </message>
    <message>
        <source>The concurrency is not a number; write a whole number from 1 to 64.</source>
        <translation>Die Anzahl der gleichzeitigen Zustellungen ist keine Zahl; geben Sie eine ganze Zahl von 1 bis 64 an.</translation>
    </message>
    <message>
        <source>The bearer token is empty; paste the token that the target gave you.</source>
        <translation>Das Bearer-Token ist leer; fügen Sie das Token ein, das Sie vom Ziel erhalten haben.</translation>
    </message>
    <message>
        <source>The secret part of the URL is missing: enter it here.</source>
        <translation>Der geheime Teil der URL fehlt: geben Sie ihn hier ein.</translation>
    </message>
    <message>
        <source>The secret %1 is missing: enter the one that the target gave you.</source>
        <translation>Das Geheimnis %1 fehlt: geben Sie das ein, das Sie vom Ziel bekommen haben.</translation>
    </message>
    <message>
        <source>At character %1: %2</source>
        <translation>Bei Zeichen %1: %2</translation>
    </message>
    <message>
        <source>The rate is not a number; write a whole number from 1 to 60000, or nothing.</source>
        <translation>Die Rate ist keine Zahl; eine ganze Zahl von 1 bis 60000 schreiben, oder nichts.</translation>
    </message>
    <message>
        <source>The settle time is not a duration; write one up to one hour, as 30 s or 5 min.</source>
        <translation>Die Beruhigungszeit ist keine Dauer; eine bis zu einer Stunde schreiben, etwa 30 s oder 5 min.</translation>
    </message>
    <message>
        <source>The maximum age is not a duration; write one from 60 s to 30 d, as 15 min or 2 h.</source>
        <translation>Das Höchstalter ist keine Dauer; eine von 60 s bis 30 d schreiben, etwa 15 min oder 2 h.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookExportCommand</name>
    <message>
        <source>print one document, or an array of all, as import takes them</source>
        <translation>ein Dokument oder ein Array aller Dokumente ausgeben, wie import sie annimmt</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookForm</name>
    <message>
        <source>HTTP Webhook</source>
        <translation>HTTP-Webhook</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookImportCommand</name>
    <message>
        <source>store one document or an array of them, all or none; literal secrets go into the keychain</source>
        <translation>ein Dokument oder ein Array von Dokumenten speichern, alle oder keines; Geheimnisse im Klartext kommen in den Schlüsselbund</translation>
    </message>
    <message>
        <source>take the place of webhooks with the same id or name</source>
        <translation>Webhooks mit gleicher id oder gleichem Namen ersetzen</translation>
    </message>
    <message>
        <source>Imported &quot;%1&quot;.</source>
        <translation>„%1“ importiert.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookListCommand</name>
    <message>
        <source>print the stored webhooks with their state and last result</source>
        <translation>die gespeicherten Webhooks mit Status und letztem Ergebnis ausgeben</translation>
    </message>
    <message>
        <source>never tested</source>
        <translation>nie getestet</translation>
    </message>
    <message>
        <source>successful, %1</source>
        <translation>erfolgreich, %1</translation>
    </message>
    <message>
        <source>failed, %1</source>
        <translation>fehlgeschlagen, %1</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>STATUS</source>
        <translation>STATUS</translation>
    </message>
    <message>
        <source>METHOD</source>
        <translation>METHODE</translation>
    </message>
    <message>
        <source>HOST</source>
        <translation>HOST</translation>
    </message>
    <message>
        <source>LAST RESULT</source>
        <translation>LETZTES ERGEBNIS</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>inactive</source>
        <translation>inaktiv</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>its status, and until when it is muted</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookRules</name>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Body Template is missing: write the JSON that is sent.</source>
        <translation>Body-Vorlage fehlt: Geben Sie das JSON an, das gesendet wird.</translation>
    </message>
    <message>
        <source>Timeout in seconds must be a whole number from 1 to 300.</source>
        <translation>Zeitlimit in Sekunden muss eine ganze Zahl von 1 bis 300 sein.</translation>
    </message>
    <message>
        <source>Integration Webhook Name is missing: it takes 1 to 64 letters, digits, spaces, &apos;-&apos; and &apos;_&apos;.</source>
        <translation>Name des Integrations-Webhooks fehlt: Er besteht aus 1 bis 64 Buchstaben, Ziffern, Leerzeichen, &apos;-&apos; und &apos;_&apos;.</translation>
    </message>
    <message numerus="yes">
        <source>Integration Webhook Name has %n character(s), the most are 64.</source>
        <translation>
            <numerusform>Name des Integrations-Webhooks hat %n Zeichen, zulässig sind höchstens 64.</numerusform>
            <numerusform>Name des Integrations-Webhooks hat %n Zeichen, zulässig sind höchstens 64.</numerusform>
        </translation>
    </message>
    <message>
        <source>a control character</source>
        <translation>ein Steuerzeichen</translation>
    </message>
    <message>
        <source>Integration Webhook Name holds %1; it takes letters, digits, spaces, &apos;-&apos; and &apos;_&apos; only.</source>
        <translation>Name des Integrations-Webhooks enthält %1; zulässig sind nur Buchstaben, Ziffern, Leerzeichen, &apos;-&apos; und &apos;_&apos;.</translation>
    </message>
    <message>
        <source>Integration Webhook Name must not begin or end with a space.</source>
        <translation>Name des Integrations-Webhooks darf nicht mit einem Leerzeichen beginnen oder enden.</translation>
    </message>
    <message>
        <source>%1 is missing: it begins with https://.</source>
        <translation>%1 fehlt: Sie beginnt mit https://.</translation>
    </message>
    <message>
        <source>%1 may hold a secret in its path and its query only, not in the host.</source>
        <translation>%1 darf ein Geheimnis nur in Pfad und Query enthalten, nicht im Host.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n header(s), the most are 64.</source>
        <translation>
            <numerusform>Es ist %n Header angegeben, zulässig sind höchstens 64.</numerusform>
            <numerusform>Es sind %n Header angegeben, zulässig sind höchstens 64.</numerusform>
        </translation>
    </message>
    <message>
        <source>The value of the header &quot;%1&quot; holds a line break or another control character.</source>
        <translation>Der Wert des Headers „%1“ enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.</translation>
    </message>
    <message>
        <source>A header has no name: write one under Key.</source>
        <translation>Ein Header hat keinen Namen: Tragen Sie ihn unter „Schlüssel“ ein.</translation>
    </message>
    <message>
        <source>The header name &quot;%1&quot; holds a character that is not allowed: use letters, digits and &apos;-&apos;.</source>
        <translation>Der Header-Name „%1“ enthält ein unzulässiges Zeichen: Verwenden Sie Buchstaben, Ziffern und &apos;-&apos;.</translation>
    </message>
    <message>
        <source>The header &quot;%1&quot; cannot be set: it is made for each request.</source>
        <translation>Der Header „%1“ kann nicht gesetzt werden: Er wird für jede Anfrage erzeugt.</translation>
    </message>
    <message>
        <source>The header &quot;%1&quot; is there twice; upper and lower case are the same.</source>
        <translation>Der Header „%1“ ist doppelt vorhanden; Groß- und Kleinschreibung werden nicht unterschieden.</translation>
    </message>
    <message>
        <source>The header &quot;%1&quot; cannot stand beside OAuth, which sends its own.</source>
        <translation>Der Header „%1“ kann nicht neben OAuth stehen, das einen eigenen sendet.</translation>
    </message>
    <message>
        <source>Client ID is missing.</source>
        <translation>Client-ID fehlt.</translation>
    </message>
    <message>
        <source>Client Secret is missing.</source>
        <translation>Client-Geheimnis fehlt.</translation>
    </message>
    <message>
        <source>Token Endpoint URL</source>
        <translation>Token-Endpunkt-URL</translation>
    </message>
    <message>
        <source>A scope is a word of visible ASCII characters without quotes, backslashes and spaces.</source>
        <translation>Ein Scope ist ein Wort aus sichtbaren ASCII-Zeichen ohne Anführungszeichen, Backslashes und Leerzeichen.</translation>
    </message>
    <message>
        <source>A filter&apos;s value is empty.</source>
        <translation>Der Wert eines Filters ist leer.</translation>
    </message>
    <message>
        <source>%1 must be PEM: text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.</source>
        <translation>%1: PEM-Format erforderlich, also Text von -----BEGIN CERTIFICATE----- bis -----END CERTIFICATE-----.</translation>
    </message>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Client certificate needs its private key.</source>
        <translation>Zum Client-Zertifikat fehlt der private Schlüssel.</translation>
    </message>
    <message>
        <source>The client key must be PEM: text from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.</source>
        <translation>Der Client-Schlüssel muss im PEM-Format vorliegen: Text von -----BEGIN PRIVATE KEY----- bis -----END PRIVATE KEY-----.</translation>
    </message>
    <message>
        <source>The client key needs its certificate.</source>
        <translation>Zum Client-Schlüssel fehlt das Zertifikat.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n retry delay(s), the most are 20.</source>
        <translation>
            <numerusform>Es ist %n Wiederholungsabstand angegeben, zulässig sind höchstens 20.</numerusform>
            <numerusform>Es sind %n Wiederholungsabstände angegeben, zulässig sind höchstens 20.</numerusform>
        </translation>
    </message>
    <message>
        <source>A retry delay must be from 1 second to 604800 seconds (7 days).</source>
        <translation>Ein Wiederholungsabstand muss zwischen 1 Sekunde und 604800 Sekunden (7 Tagen) liegen.</translation>
    </message>
    <message>
        <source>Concurrency must be a whole number from 1 to 64.</source>
        <translation>Gleichzeitige Zustellungen muss eine ganze Zahl von 1 bis 64 sein.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n response validator(s), the most are 64.</source>
        <translation>
            <numerusform>Es ist %n Antwortprüfung angegeben, zulässig sind höchstens 64.</numerusform>
            <numerusform>Es sind %n Antwortprüfungen angegeben, zulässig sind höchstens 64.</numerusform>
        </translation>
    </message>
    <message>
        <source>Expected Values are missing: add at least one.</source>
        <translation>Erwartete Werte fehlen: Fügen Sie mindestens einen hinzu.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n expected value(s), the most are 64.</source>
        <translation>
            <numerusform>Es ist %n erwarteter Wert angegeben, zulässig sind höchstens 64.</numerusform>
            <numerusform>Es sind %n erwartete Werte angegeben, zulässig sind höchstens 64.</numerusform>
        </translation>
    </message>
    <message>
        <source>Json Path is missing: it starts with $.data, $.status or $.headers.</source>
        <translation>JSON-Pfad fehlt: Er beginnt mit $.data, $.status oder $.headers.</translation>
    </message>
    <message>
        <source>Json Path must start with $.data, $.status or $.headers.</source>
        <translation>JSON-Pfad muss mit $.data, $.status oder $.headers beginnen.</translation>
    </message>
    <message>
        <source>Json Path is not valid at column %1: %2</source>
        <translation>JSON-Pfad ist in Spalte %1 ungültig: %2</translation>
    </message>
    <message>
        <source>A previous signing secret needs the signing secret that takes its place.</source>
        <translation>Ein vorheriges Signaturgeheimnis braucht das Signaturgeheimnis, das an seine Stelle tritt.</translation>
    </message>
    <message>
        <source>A client ID with a colon cannot be sent by Basic authentication as it is: choose &quot;basic&quot;.</source>
        <translation>Eine Client-ID mit Doppelpunkt lässt sich durch Basic nicht unverändert senden: wählen Sie „basic“.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n more parameter(s), the most are 16.</source>
        <translation>
            <numerusform>Es ist %n weiterer Parameter, höchstens 16 sind möglich.</numerusform>
            <numerusform>Es sind %n weitere Parameter, höchstens 16 sind möglich.</numerusform>
        </translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; has no value: one without a value is not sent.</source>
        <translation>Der Parameter „%1“ hat keinen Wert: ohne Wert wird er nicht gesendet.</translation>
    </message>
    <message>
        <source>The value of the parameter &quot;%1&quot; holds a line break or another control character.</source>
        <translation>Der Wert des Parameters „%1“ enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.</translation>
    </message>
    <message>
        <source>A parameter has no name: write one under Key.</source>
        <translation>Ein Parameter hat keinen Namen: tragen Sie ihn unter Schlüssel ein.</translation>
    </message>
    <message>
        <source>The parameter&apos;s name &quot;%1&quot; holds a character that is not allowed: use letters, digits, &apos;-&apos;, &apos;.&apos; and &apos;_&apos;.</source>
        <translation>Der Parametername „%1“ enthält ein Zeichen, das nicht erlaubt ist: verwenden Sie Buchstaben, Ziffern, „-“, „.“ und „_“.</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; cannot be set here: it has a field of its own, or is always sent.</source>
        <translation>Der Parameter „%1“ lässt sich hier nicht setzen: er hat ein eigenes Feld oder wird immer gesendet.</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; is there twice.</source>
        <translation>Den Parameter „%1“ gibt es zweimal.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>The rate must be a whole number from 1 to 60000 a minute.</source>
        <translation>Die Rate muss eine ganze Zahl von 1 bis 60000 je Minute sein.</translation>
    </message>
    <message>
        <source>The maximum age must be from 60 seconds to 2592000 seconds (30 days).</source>
        <translation>Das Höchstalter muss zwischen 60 Sekunden und 2592000 Sekunden (30 Tage) liegen.</translation>
    </message>
    <message>
        <source>The settle time must be from 0 seconds to 3600 seconds (one hour).</source>
        <translation>Die Beruhigungszeit muss zwischen 0 Sekunden und 3600 Sekunden (einer Stunde) liegen.</translation>
    </message>
    <message>
        <source>The maximum age must be longer than the settle time, or nothing would ever be sent.</source>
        <translation>Das Höchstalter muss länger als die Beruhigungszeit sein, sonst würde nie etwas gesendet.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookShowCommand</name>
    <message>
        <source>print a stored webhook&apos;s document</source>
        <translation>das Dokument eines gespeicherten Webhooks ausgeben</translation>
    </message>
    <message>
        <source>tocsinctl: &quot;%1&quot; is %2.</source>
        <translation>tocsinctl: „%1“ ist %2.</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookSyncCommand</name>
    <message>
        <source>let a webhook be told the current status of every integration that its filters match</source>
        <translation>einem Webhook den aktuellen Status jeder Integration zustellen, die seine Filter durchlassen</translation>
    </message>
    <message>
        <source>Nothing to send: the filters of &quot;%1&quot; match no integration&apos;s current status.</source>
        <translation>Nichts zu senden: die Filter von „%1“ lassen den aktuellen Status keiner Integration durch.</translation>
    </message>
    <message>
        <source>To be delivered to &quot;%1&quot;: %2 (by &quot;tocsinctl serve&quot;, or a window that delivers).</source>
        <translation>Zuzustellen an „%1“: %2 (durch „tocsinctl serve“ oder ein Fenster, das zustellt).</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookWords</name>
    <message>
        <source>in the keychain</source>
        <translation>im Schlüsselbund</translation>
    </message>
    <message>
        <source>Test successful</source>
        <translation>Test erfolgreich</translation>
    </message>
    <message>
        <source>Test failed</source>
        <translation>Test fehlgeschlagen</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>Found by the check (%1):</source>
        <translation>Von der Prüfung gefunden (%1):</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what was checked, and what was found</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhooksModel</name>
    <message>
        <source>Testing…</source>
        <translation>Test läuft…</translation>
    </message>
    <message>
        <source>Not tested yet</source>
        <translation>Noch nicht getestet</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Fires when</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>Letztes Ergebnis</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a delivery&apos;s state, and when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Last delivery</source>
        <translation>Letzte Zustellung</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a webhook, and what its check found</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhooksPage</name>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>&amp;Deactivate</source>
        <translation>&amp;Deaktivieren</translation>
    </message>
    <message>
        <source>No webhooks yet</source>
        <translation>Noch keine Webhooks</translation>
    </message>
    <message>
        <source>A webhook sends a request to a system of yours when an integration turns Warning or Error. Add one and test it, or try one with a receiver that runs on this machine and shows what arrives.</source>
        <translation>Ein Webhook sendet eine Anfrage an eines Ihrer Systeme, wenn eine Integration zu Warnung oder Fehler wechselt. Fügen Sie einen hinzu und testen Sie ihn, oder probieren Sie einen mit einem Empfänger aus, der auf diesem Rechner läuft und zeigt, was ankommt.</translation>
    </message>
    <message>
        <source>Add Webhook</source>
        <translation>Webhook hinzufügen</translation>
    </message>
    <message>
        <source>Try it with a local receiver</source>
        <translation>Mit lokalem Empfänger ausprobieren</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No webhook has these words in its name, host, method or filters.</source>
        <translation>Kein Webhook enthält diese Wörter in Name, Host, Methode oder Filtern.</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Acti&amp;vate</source>
        <translation>A&amp;ktivieren</translation>
    </message>
    <message>
        <source>Cancel &amp;Test</source>
        <translation>&amp;Test abbrechen</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Integration Webhook &amp;Name</source>
        <translation>&amp;Name des Integrations-Webhooks</translation>
    </message>
    <message>
        <source>Integration Webhook Name</source>
        <translation>Name des Integrations-Webhooks</translation>
    </message>
    <message>
        <source>&amp;Status</source>
        <translation>&amp;Status</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Typ</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>&amp;Methode</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>U&amp;RL</source>
        <translation>U&amp;RL</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>&amp;Body Template</source>
        <translation>&amp;Body-Vorlage</translation>
    </message>
    <message>
        <source>View event&apos;s payload schema</source>
        <translation>Payload-Schema anzeigen</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Body Template</source>
        <translation>Body-Vorlage</translation>
    </message>
    <message>
        <source>GET sends no body: the template is kept, but not sent.</source>
        <translation>GET sendet keinen Body: Die Vorlage bleibt erhalten, wird aber nicht gesendet.</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
</context>
<context>
    <name>WebhooksPage</name>
    <message>
        <source>Webhooks</source>
        <translation>Webhooks</translation>
    </message>
    <message>
        <source>Search webhooks</source>
        <translation>Webhooks durchsuchen</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Import und Export</translation>
    </message>
    <message>
        <source>Add Webhook</source>
        <translation>Webhook hinzufügen</translation>
    </message>
</context>
</TS>
