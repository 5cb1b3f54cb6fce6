/** Requests that come without a line to the server: scanned, uploaded, several together. */
export const uploads = {
  // Register page
  'upload.heading': 'Have a file?',
  'upload.text': 'A request that the server saved, or a picture of its QR code. Several at once, or a zip of them.',
  'upload.label': 'Request or picture',
  'upload.button': 'Upload request',

  'upload.problem.none': 'Choose a file.',
  'upload.problem.whole-too-large':
    'That is more than {size} MB at once. Nothing was changed. What a server saves is small: upload that, or fewer files.',
  'upload.problem.too-many': 'We take {most} files at once. Nothing was changed. Upload fewer.',
  'upload.problem.in-file': '{name}: {problem}',
  'upload.problem.not-a-request':
    'This is not a request. Look for a name ending in -request.datestone. Nothing was changed.',
  'upload.problem.record':
    'This is a registration, made for a server. Load it there. Here we take the request that the server saved. Nothing was changed.',
  'upload.problem.bundle':
    'This is the file by which a server knows its portal. Here we take the request that the server saved. Nothing was changed.',
  'upload.problem.damaged': 'The request is damaged. Save it again at the server. Nothing was changed.',
  'upload.problem.other-portal':
    'This request is for {host, select, unknown {another portal} other {{host}}}; this portal is {own}. Nothing was changed.',
  'upload.problem.signing-key-differs':
    'Two systems say they are {id}. Both parties see a conflict. Nothing else was changed.',
  'upload.problem.too-large': 'The file is larger than a request can be. Nothing was changed.',
  'upload.problem.other-link':
    'The QR code in this picture leads elsewhere. Take the one of the page <em>Registering your system offline</em> of the server. Nothing was changed.',
  'upload.problem.no-code':
    'No QR code can be read in this picture. Hold the camera straight, let the whole code fill the picture, avoid glare, and take it again. Nothing was changed.',
  'upload.problem.other-picture': 'We read pictures as JPEG and PNG. Save it as one of them. Nothing was changed.',
  'upload.problem.picture-damaged': 'The picture is damaged. Take it again. Nothing was changed.',
  'upload.problem.picture-too-large': 'The picture is larger than we take. Take it smaller. Nothing was changed.',
  'upload.problem.too-long':
    'Reading this picture takes too long. Take it smaller, or upload fewer at once. Nothing was changed.',
  'upload.problem.other-archive':
    'We read archives as plain zip, without a password. Make it as one of them. Nothing was changed.',
  'upload.problem.archive-names':
    'A name in the archive leads out of it, or is no name of a file. Make it again. Nothing was changed.',
  'upload.problem.archive-damaged': 'The archive is damaged. Make it again. Nothing was changed.',
  'upload.problem.archive-too-large':
    'The archive holds more than {size} MB, or a file that is larger than a request can be. Nothing was changed.',
  'upload.problem.archive-empty': 'The archive holds no file. Nothing was changed.',
  'upload.problem.archive-in-archive': 'This is an archive in an archive. Unpack it first. Nothing was changed.',

  // The camera in the page
  'scan.button': 'Scan',
  'scan.h2': 'Scan the QR code',
  'scan.text': 'Point the camera at the code on the server’s page <em>Registering your system offline</em>.',
  'scan.close': 'Close',
  'scan.starting': 'The camera starts.',
  'scan.looking': 'Looking for the code. Let it fill the picture.',
  'scan.found': 'Found.',
  'scan.other': 'That is another QR code. Take the one on the server’s page.',
  'scan.denied':
    'The camera is not allowed here. Allow it in the settings of your browser for this page, then choose Scan again. Or take a picture of the code and upload it.',
  'scan.no-camera': 'No camera can be used here. Take a picture of the code and upload it, or type the System ID.',
  'scan.no-decoder': 'What reads the code did not load. Take a picture of the code and upload it, or try again.',

  // The page behind a QR code
  'scanned.h1': 'The code of your server',
  'scanned.server': 'Server',
  'scanned.compare': 'Compare {id} with the screen of the server.',
  'scanned.next': 'Next you log on, and say what to do with it. Nothing is registered yet.',
  'scanned.continue': 'Continue',
  'scanned.no-signal':
    'No signal here. The request is kept on this phone. Keep this page open, go where there is a signal, and choose Continue again.',
  'scanned.damaged': 'The code was not read whole. Scan it again, closer and straight.',
  'scanned.nothing': 'There is no request here. Scan the code on the server’s page again.',
  'scanned.no-script':
    'This page needs JavaScript to read the code: the request stands in the address, and your browser does not send that part.',
  'scanned.other-ways': 'Other ways',
  'scanned.upload': 'Upload the request that the server saved, or a picture of the code',
  'scanned.type': 'Type the System ID',

  // Several together
  'together.h1': '{count, plural, one {# request} other {# requests}} together',
  'together.uploaded': 'Uploaded on {at}. You can come back to this page for 24 hours.',
  'together.problems': '{count, plural, one {# file holds} other {# files hold}} no request that we can take.',
  'together.requests': 'Requests',
  'together.refused': 'Not taken',
  'together.system': '{kind} {version}',
  'together.system-id': 'System ID {id}',
  'together.proceed.heading': 'Are you authorised for these systems?',
  'together.compare': 'Compare each short ID with the screen of its server.',
  'together.another-account': 'What you uploaded stays here. Upload the files again with the other account.',
  'together.proceed-object': 'with {count, plural, one {# system} other {# systems}}',
  'together.new': 'New to us',
  'together.yours': 'Registered as {site}',
  'together.retired': 'It was {site}, which has another System ID now',
  'together.waits': 'Waits for this system: {site}',
  'together.stranger': 'Registered to another account',
  'together.claimed': '{site}: not yet confirmed by the system',
  'together.confirmed': '{site}: has this System ID',
  'together.used': 'What it did stands no more',
  'together.gone': 'We no longer hold this request. Upload it again.',
  'together.associate': 'Associate',
  'together.register': 'Register as new',
  'together.open': 'Open',
  'together.ask': 'What to do',
  'together.answers': 'For the servers',
  'together.answers.text':
    '{count, plural, one {# system has} other {# systems have}} a registration to take there: all records in one archive, or all codes on one list.',
  'together.records': 'Save all records',
  'together.codes': 'Print all codes',
  'together.back': 'All requests that were uploaded together',
  'together.of': 'Uploaded together on {at}: {count, plural, one {# request} other {# requests}}',
  'together.next': 'Back to the requests uploaded together',

  'codes.h1': 'Registration codes of {count, plural, one {# system} other {# systems}}',
  'codes.text':
    'Type each code at its server. The short ID on the server must be the same. Print this list: it is readable without a connection.',
  'codes.server': '{server}, System ID {id}',
  'codes.none': 'No code can be made for it now.',
  'codes.issued': 'Made on {at}',
  'codes.confirmation': 'Confirmation code, as the server shows it',
} as const;
