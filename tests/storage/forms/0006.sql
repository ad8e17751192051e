BEGIN TRANSACTION;
CREATE TABLE about (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	time_shift_seconds INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_about PRIMARY KEY (id), 
	CONSTRAINT ck_about_only_a_sandbox_moves_time CHECK (kind = 'sandbox' OR time_shift_seconds = 0), 
	CONSTRAINT ck_about_kind CHECK (kind IN ('production', 'sandbox')), 
	CONSTRAINT ck_about_single_row CHECK (id = 1)
);
INSERT INTO "about" VALUES(1,'production',0);
CREATE TABLE "absences" (
	id INTEGER NOT NULL CONSTRAINT pk_absences PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	deputy INTEGER, 
	noted_by INTEGER NOT NULL, 
	noted_at DATETIME NOT NULL, 
	CONSTRAINT ck_absences_in_order CHECK (first_day <= last_day), 
	CONSTRAINT fk_absences_office_id_deputy_people FOREIGN KEY(office_id, deputy) REFERENCES people (office_id, id), 
	CONSTRAINT fk_absences_office_id_noted_by_positions FOREIGN KEY(office_id, noted_by) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_absences_office_id_person_people FOREIGN KEY(office_id, person) REFERENCES people (office_id, id), 
	CONSTRAINT fk_absences_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_absences_office_id_id UNIQUE (office_id, id)
);
INSERT INTO "absences" VALUES(1,1,5,'2026-11-23','2026-11-27',2,2,'2026-11-20 07:00:00.000000');
INSERT INTO "absences" VALUES(2,2,11,'2026-11-23','2026-11-27',8,9,'2026-11-20 07:00:00.000000');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE appeal_changes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	appeal INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	happening VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	outcome VARCHAR, 
	mark INTEGER, 
	satisfaction VARCHAR, 
	repeated BOOLEAN NOT NULL, 
	finished_on DATE, 
	finished_at DATETIME, 
	block VARCHAR, 
	vanished BOOLEAN NOT NULL, 
	imported INTEGER, 
	position INTEGER, 
	facts TEXT NOT NULL, 
	CONSTRAINT fk_appeal_changes_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_appeal_changes_office_id_imported_imports FOREIGN KEY(office_id, imported) REFERENCES imports (office_id, id), 
	CONSTRAINT fk_appeal_changes_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_appeal_changes_office_id_appeal_appeals FOREIGN KEY(office_id, appeal) REFERENCES appeals (office_id, id)
);
INSERT INTO "appeal_changes" VALUES(1,1,1,'2026-11-20 07:00:00.000000','imported','open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,NULL,NULL,NULL,0,1,NULL,'{}');
INSERT INTO "appeal_changes" VALUES(2,1,1,'2026-11-20 07:00:00.000000','pressed','open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,NULL,NULL,NULL,0,1,1,'{}');
INSERT INTO "appeal_changes" VALUES(3,1,2,'2026-11-20 07:00:00.000000','imported','open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,NULL,NULL,'roads',0,NULL,NULL,'{}');
INSERT INTO "appeal_changes" VALUES(4,2,3,'2026-11-20 07:00:00.000000','imported','open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,NULL,NULL,NULL,0,2,NULL,'{}');
INSERT INTO "appeal_changes" VALUES(5,2,3,'2026-11-20 07:00:00.000000','pressed','open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,NULL,NULL,NULL,0,2,8,'{}');
INSERT INTO "appeal_changes" VALUES(6,2,4,'2026-11-20 07:00:00.000000','imported','open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,NULL,NULL,'roads',0,NULL,NULL,'{}');
CREATE TABLE appeals (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	regime VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	created_at DATETIME, 
	channel VARCHAR, 
	topic_group VARCHAR, 
	topic VARCHAR, 
	kind VARCHAR, 
	settlement VARCHAR, 
	municipality VARCHAR, 
	department VARCHAR, 
	executor VARCHAR, 
	organisation VARCHAR, 
	planned_on DATE, 
	finished_on DATE, 
	finished_at DATETIME, 
	first_answered_at DATETIME, 
	first_answer_in_norm BOOLEAN, 
	first_answer_seconds FLOAT, 
	step VARCHAR, 
	outcome VARCHAR, 
	mark INTEGER, 
	satisfaction VARCHAR, 
	repeated BOOLEAN NOT NULL, 
	post VARCHAR, 
	state VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	block VARCHAR, 
	routed TEXT, 
	territory VARCHAR, 
	chosen BOOLEAN NOT NULL, 
	extensions INTEGER NOT NULL, 
	returns INTEGER NOT NULL, 
	press VARCHAR, 
	pressed_at DATETIME, 
	pressed_by INTEGER, 
	approval VARCHAR, 
	redirected_to VARCHAR, 
	redirected_on DATE, 
	imported INTEGER, 
	vanished_in INTEGER, 
	registered_by INTEGER, 
	acted_at DATETIME, 
	unsettled BOOLEAN NOT NULL, 
	CONSTRAINT fk_appeals_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_appeals_office_id_vanished_in_imports FOREIGN KEY(office_id, vanished_in) REFERENCES imports (office_id, id), 
	CONSTRAINT fk_appeals_office_id_imported_imports FOREIGN KEY(office_id, imported) REFERENCES imports (office_id, id), 
	CONSTRAINT fk_appeals_office_id_pressed_by_positions FOREIGN KEY(office_id, pressed_by) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_appeals_office_id_registered_by_positions FOREIGN KEY(office_id, registered_by) REFERENCES positions (office_id, id), 
	CONSTRAINT uq_appeals_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT uq_appeals_office_id_source_number UNIQUE (office_id, source, number)
);
INSERT INTO "appeals" VALUES(1,1,'pos','6100013','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Ямы на дороге 1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,0,0,'sent','2026-11-20 07:00:00.000000',1,NULL,NULL,NULL,1,NULL,NULL,'2026-11-20 07:00:00.000000',0);
INSERT INTO "appeals" VALUES(2,1,'pos','6100015','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Вывоз мусора 1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000','roads',NULL,NULL,1,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "appeals" VALUES(3,2,'pos','6100013','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Ямы на дороге 2',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,0,0,0,'sent','2026-11-20 07:00:00.000000',8,NULL,NULL,NULL,2,NULL,NULL,'2026-11-20 07:00:00.000000',0);
INSERT INTO "appeals" VALUES(4,2,'pos','6100015','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Вывоз мусора 2',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000','roads',NULL,NULL,1,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE "chats" (
	id INTEGER NOT NULL CONSTRAINT pk_chats PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	purpose VARCHAR NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	thread INTEGER, 
	bound_at DATETIME NOT NULL, 
	CONSTRAINT fk_chats_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_chats_messenger_address UNIQUE (messenger, address), 
	CONSTRAINT uq_chats_office_id_purpose UNIQUE (office_id, purpose)
);
INSERT INTO "chats" VALUES(1,1,'alert','telegram','-1100',NULL,'2026-11-20 07:00:00.000000');
INSERT INTO "chats" VALUES(2,2,'alert','telegram','-1200',NULL,'2026-11-20 07:00:00.000000');
CREATE TABLE column_mappings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	fields TEXT NOT NULL, 
	confirmed_by INTEGER NOT NULL, 
	confirmed_at DATETIME NOT NULL, 
	CONSTRAINT fk_column_mappings_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_column_mappings_office_id_confirmed_by_positions FOREIGN KEY(office_id, confirmed_by) REFERENCES positions (office_id, id)
);
INSERT INTO "column_mappings" VALUES(1,1,'hand','{"регno":"number","получено":"created"}',1,'2026-11-20 07:00:00.000000');
INSERT INTO "column_mappings" VALUES(2,2,'hand','{"регno":"number","получено":"created"}',8,'2026-11-20 07:00:00.000000');
CREATE TABLE counters (
	office_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (office_id, year), 
	CONSTRAINT fk_counters_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "counters" VALUES(1,2026,1);
INSERT INTO "counters" VALUES(2,2026,1);
CREATE TABLE "drafts" (
	id INTEGER NOT NULL CONSTRAINT pk_drafts PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	author INTEGER NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	thread INTEGER, 
	status VARCHAR NOT NULL, 
	touched_at DATETIME NOT NULL, 
	parts TEXT NOT NULL, 
	understood TEXT NOT NULL, 
	choices TEXT NOT NULL, 
	risk INTEGER, 
	came_from INTEGER, 
	CONSTRAINT fk_drafts_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_drafts_office_id_author_people FOREIGN KEY(office_id, author) REFERENCES people (office_id, id), 
	CONSTRAINT uq_drafts_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT fk_drafts_office_id_risk_risks FOREIGN KEY(office_id, risk) REFERENCES risks (office_id, id), 
	CONSTRAINT uq_drafts_office_id_came_from UNIQUE (office_id, came_from)
);
INSERT INTO "drafts" VALUES(1,1,5,'telegram','104',NULL,'open','2026-11-20 07:00:00.000000','[{"message_id":1,"sent_at":"2026-11-20T07:00:00Z","text":"Нет воды на улице Мира","sources":[],"hidden":[],"is_forward":false,"has_media":false,"album":null}]','{"gist":"Нет воды на улице Мира","sources":[],"block":"roads","block_words":["воды","улице"],"level":"medium","level_words":[],"territory":null,"territory_word":null,"hidden":[],"has_media":false,"alike":[]}','{"gist":null,"sources":[],"block":null,"without_block":false,"level":null,"territory":null,"without_territory":false,"reach":null}',NULL,NULL);
INSERT INTO "drafts" VALUES(2,2,11,'telegram','204',NULL,'open','2026-11-20 07:00:00.000000','[{"message_id":1,"sent_at":"2026-11-20T07:00:00Z","text":"Нет воды на улице Мира","sources":[],"hidden":[],"is_forward":false,"has_media":false,"album":null}]','{"gist":"Нет воды на улице Мира","sources":[],"block":"roads","block_words":["воды","улице"],"level":"medium","level_words":[],"territory":null,"territory_word":null,"hidden":[],"has_media":false,"alike":[]}','{"gist":null,"sources":[],"block":null,"without_block":false,"level":null,"territory":null,"without_territory":false,"reach":null}',NULL,NULL);
CREATE TABLE "duties" (
	id INTEGER NOT NULL CONSTRAINT pk_duties PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	position INTEGER, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	assigned_by INTEGER NOT NULL, 
	assigned_at DATETIME NOT NULL, 
	CONSTRAINT ck_duties_in_order CHECK (first_day <= last_day), 
	CONSTRAINT fk_duties_office_id_assigned_by_positions FOREIGN KEY(office_id, assigned_by) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_duties_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_duties_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_duties_office_id_id UNIQUE (office_id, id)
);
INSERT INTO "duties" VALUES(1,1,2,'2026-11-21','2026-11-22',2,'2026-11-20 07:00:00.000000');
INSERT INTO "duties" VALUES(2,2,9,'2026-11-21','2026-11-22',9,'2026-11-20 07:00:00.000000');
CREATE TABLE "entries" (
	id INTEGER NOT NULL CONSTRAINT pk_entries PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	invitation INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	name VARCHAR, 
	state VARCHAR NOT NULL, 
	begun_at DATETIME NOT NULL, 
	CONSTRAINT ck_entries_state CHECK (state IN ('naming', 'waiting', 'confirmed', 'declined', 'withdrawn')), 
	CONSTRAINT fk_entries_office_id_invitation_invitations FOREIGN KEY(office_id, invitation) REFERENCES invitations (office_id, id), 
	CONSTRAINT fk_entries_office_id_person_people FOREIGN KEY(office_id, person) REFERENCES people (office_id, id), 
	CONSTRAINT fk_entries_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_entries_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_entries_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT uq_entries_office_id_invitation UNIQUE (office_id, invitation)
);
INSERT INTO "entries" VALUES(1,1,1,5,13,'Зотов Д. А.','waiting','2026-11-20 07:00:00.000000');
INSERT INTO "entries" VALUES(2,2,2,12,14,'Зотов Д. А.','waiting','2026-11-20 07:00:00.000000');
CREATE TABLE "events" (
	id INTEGER NOT NULL CONSTRAINT pk_events PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	risk INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	position INTEGER, 
	facts TEXT NOT NULL, 
	CONSTRAINT fk_events_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_events_office_id_risk_risks FOREIGN KEY(office_id, risk) REFERENCES risks (office_id, id), 
	CONSTRAINT fk_events_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "events" VALUES(1,1,1,'2026-11-20 07:00:00.000000','filed',15,'{"level":"medium","block":"roads"}');
INSERT INTO "events" VALUES(2,1,2,'2026-11-20 07:00:00.000000','filed',16,'{"level":"medium","block":"social"}');
INSERT INTO "events" VALUES(3,1,2,'2026-11-20 07:00:00.000000','taken',16,'{}');
INSERT INTO "events" VALUES(4,1,2,'2026-11-20 07:00:00.000000','found',16,'{"outcome":"confirmed","text":"Водоканал подтвердил аварию"}');
INSERT INTO "events" VALUES(5,1,2,'2026-11-20 07:00:00.000000','answer_drafted',15,'{}');
INSERT INTO "events" VALUES(6,1,2,'2026-11-20 07:00:00.000000','published',15,'{}');
INSERT INTO "events" VALUES(7,1,2,'2026-11-20 12:00:00.000000','checked',16,'{"reaction":"none","spread":"still"}');
INSERT INTO "events" VALUES(8,1,2,'2026-11-20 13:00:00.000000','overridden',2,'{"text":"Решение совещания"}');
INSERT INTO "events" VALUES(9,2,3,'2026-11-20 07:00:00.000000','filed',17,'{"level":"medium","block":"roads"}');
INSERT INTO "events" VALUES(10,2,4,'2026-11-20 07:00:00.000000','filed',18,'{"level":"medium","block":"social"}');
INSERT INTO "events" VALUES(11,2,4,'2026-11-20 07:00:00.000000','taken',18,'{}');
INSERT INTO "events" VALUES(12,2,4,'2026-11-20 07:00:00.000000','found',18,'{"outcome":"confirmed","text":"Водоканал подтвердил аварию"}');
INSERT INTO "events" VALUES(13,2,4,'2026-11-20 07:00:00.000000','answer_drafted',17,'{}');
INSERT INTO "events" VALUES(14,2,4,'2026-11-20 07:00:00.000000','published',17,'{}');
INSERT INTO "events" VALUES(15,2,4,'2026-11-20 12:00:00.000000','checked',18,'{"reaction":"none","spread":"still"}');
INSERT INTO "events" VALUES(16,2,4,'2026-11-20 13:00:00.000000','overridden',9,'{"text":"Решение совещания"}');
CREATE TABLE first_answers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	is_staged BOOLEAN NOT NULL, 
	replaced_in INTEGER, 
	day DATE NOT NULL, 
	municipality VARCHAR, 
	department VARCHAR, 
	importance VARCHAR, 
	total INTEGER NOT NULL, 
	seconds TEXT NOT NULL, 
	CONSTRAINT fk_first_answers_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_first_answers_office_id_import_id_imports FOREIGN KEY(office_id, import_id) REFERENCES imports (office_id, id)
);
INSERT INTO "first_answers" VALUES(1,1,1,1,NULL,'2026-11-09',NULL,NULL,NULL,2,'[3600.0]');
INSERT INTO "first_answers" VALUES(2,2,2,1,NULL,'2026-11-09',NULL,NULL,NULL,2,'[3600.0]');
CREATE TABLE followers (
	office_id INTEGER NOT NULL, 
	risk INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_followers PRIMARY KEY (office_id, risk, position), 
	CONSTRAINT fk_followers_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_followers_office_id_risk_risks FOREIGN KEY(office_id, risk) REFERENCES risks (office_id, id), 
	CONSTRAINT fk_followers_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id)
);
INSERT INTO "followers" VALUES(1,2,2);
INSERT INTO "followers" VALUES(2,4,9);
CREATE TABLE groups (
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	entered_at DATETIME NOT NULL, 
	retry_at DATETIME, 
	CONSTRAINT pk_groups PRIMARY KEY (messenger, address)
);
INSERT INTO "groups" VALUES('telegram','-1300','2026-11-20 07:00:00.000000',NULL);
CREATE TABLE imports (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	door VARCHAR NOT NULL, 
	layout VARCHAR, 
	source VARCHAR, 
	file VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	made_at DATETIME NOT NULL, 
	first_day DATE, 
	last_day DATE, 
	sent_by INTEGER, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	told TEXT NOT NULL, 
	CONSTRAINT fk_imports_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_imports_office_id_sent_by_positions FOREIGN KEY(office_id, sent_by) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_imports_office_id_decided_by_positions FOREIGN KEY(office_id, decided_by) REFERENCES positions (office_id, id), 
	CONSTRAINT uq_imports_office_id_id UNIQUE (office_id, id)
);
INSERT INTO "imports" VALUES(1,1,'applied','folder','pos','pos','pos.xlsx','office/.taken/1','2026-11-20 07:00:00.000000','2026-11-20 07:00:00.000000','2026-11-09','2026-11-09',NULL,1,'2026-11-20 07:00:00.000000','{"found":{"rows":0,"new":0,"changed":0,"same":0,"newer":0,"foreign":0,"faulty":0,"vanished":0,"in_period":0,"faults":[],"faulty_numbers":[],"unknown":[],"personal":[],"staff":[],"missing":[],"doubled":[],"absent":[],"unfamiliar":[]},"asking":null,"fault":null,"refusal":null,"complete":false,"letter":null}');
INSERT INTO "imports" VALUES(2,2,'applied','folder','pos','pos','pos.xlsx','office/.taken/1','2026-11-20 07:00:00.000000','2026-11-20 07:00:00.000000','2026-11-09','2026-11-09',NULL,8,'2026-11-20 07:00:00.000000','{"found":{"rows":0,"new":0,"changed":0,"same":0,"newer":0,"foreign":0,"faulty":0,"vanished":0,"in_period":0,"faults":[],"faulty_numbers":[],"unknown":[],"personal":[],"staff":[],"missing":[],"doubled":[],"absent":[],"unfamiliar":[]},"asking":null,"fault":null,"refusal":null,"complete":false,"letter":null}');
CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	bot_id INTEGER NOT NULL, 
	update_id INTEGER NOT NULL, 
	lane VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	payload TEXT, 
	state VARCHAR DEFAULT 'waiting' NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	reference VARCHAR, trace TEXT, 
	CONSTRAINT ck_inbox_state CHECK (state IN ('waiting', 'done', 'aside'))
);
INSERT INTO "inbox" VALUES(1,4200000001,1,'chat:1','2026-11-20 07:00:00.000000','{"kind": "message", "message_id": 5, "words": "Нет света"}','aside',0,'7F3K','KeyError: act:1');
INSERT INTO "inbox" VALUES(2,4200000001,2,'chat:1','2026-11-20 07:00:00.000000','{"update_id": 2}','waiting',0,NULL,NULL);
CREATE TABLE "invitations" (
	id INTEGER NOT NULL CONSTRAINT pk_invitations PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	code_hash VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	used_by INTEGER, 
	issued_by INTEGER, 
	succeeds INTEGER, 
	CONSTRAINT fk_invitations_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT uq_invitations_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT fk_invitations_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_invitations_code_hash UNIQUE (code_hash), 
	CONSTRAINT fk_invitations_office_id_used_by_people FOREIGN KEY(office_id, used_by) REFERENCES people (office_id, id), 
	CONSTRAINT fk_invitations_office_id_succeeds_people FOREIGN KEY(office_id, succeeds) REFERENCES people (office_id, id), 
	CONSTRAINT fk_invitations_office_id_issued_by_positions FOREIGN KEY(office_id, issued_by) REFERENCES positions (office_id, id)
);
INSERT INTO "invitations" VALUES(1,1,5,'51bd6639fed7c0b4826af6c06bfe4f4cce3aa7a8db3653978cd4d88ad0a18a8a','2026-11-25 07:00:00.000000','2026-11-20 07:00:00.000000',13,2,NULL);
INSERT INTO "invitations" VALUES(2,2,12,'0caa88c257d7122268f6494539faedf6b1d213409ff0dd264107182f174ea14a','2026-11-25 07:00:00.000000','2026-11-20 07:00:00.000000',14,9,NULL);
CREATE TABLE jobs (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	planned_at DATETIME NOT NULL, 
	claimed_by VARCHAR, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	done INTEGER DEFAULT '0' NOT NULL, 
	total INTEGER, 
	why VARCHAR, 
	CONSTRAINT ck_jobs_state CHECK (state IN ('planned', 'claimed', 'done', 'failed')), 
	CONSTRAINT fk_jobs_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "jobs" VALUES(1,1,'read_export',1,'planned','2026-11-20 07:00:00.000000',NULL,0,0,NULL,NULL);
INSERT INTO "jobs" VALUES(2,2,'read_export',2,'planned','2026-11-20 07:00:00.000000',NULL,0,0,NULL,NULL);
CREATE TABLE "ledger" (
	id INTEGER NOT NULL CONSTRAINT pk_ledger PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	noted_at DATETIME NOT NULL, 
	what VARCHAR NOT NULL, 
	item INTEGER NOT NULL, 
	outcome VARCHAR NOT NULL, 
	why VARCHAR, 
	CONSTRAINT ck_ledger_outcome CHECK (outcome IN ('unknown', 'refused', 'gone')), 
	CONSTRAINT ck_ledger_what CHECK (what IN ('standing', 'notice')), 
	CONSTRAINT fk_ledger_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "ledger" VALUES(1,1,'2026-11-20 07:00:00.000000','standing',1,'unknown','restart');
CREATE TABLE note_offers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	risk INTEGER NOT NULL, 
	author INTEGER NOT NULL, 
	said_by INTEGER NOT NULL, 
	message INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	status VARCHAR NOT NULL, 
	touched_at DATETIME NOT NULL, 
	CONSTRAINT ck_note_offers_status CHECK (status IN ('open', 'taken', 'lapsed')), 
	CONSTRAINT fk_note_offers_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_note_offers_office_id_risk_risks FOREIGN KEY(office_id, risk) REFERENCES risks (office_id, id), 
	CONSTRAINT fk_note_offers_office_id_author_people FOREIGN KEY(office_id, author) REFERENCES people (office_id, id), 
	CONSTRAINT fk_note_offers_office_id_said_by_positions FOREIGN KEY(office_id, said_by) REFERENCES positions (office_id, id), 
	CONSTRAINT uq_note_offers_office_id_risk_message UNIQUE (office_id, risk, message)
);
INSERT INTO "note_offers" VALUES(1,1,1,5,2,70,'Звонили из водоканала','open','2026-11-20 07:00:00.000000');
INSERT INTO "note_offers" VALUES(2,2,3,11,9,70,'Звонили из водоканала','open','2026-11-20 07:00:00.000000');
CREATE TABLE nudges (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	owed INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	kind INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	of_morning BOOLEAN NOT NULL, 
	release_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	why VARCHAR, 
	held_for VARCHAR, 
	position INTEGER, 
	person INTEGER, 
	deputises BOOLEAN NOT NULL, 
	on_duty BOOLEAN NOT NULL, 
	bundle INTEGER, 
	given_at DATETIME, 
	acted_at DATETIME, 
	missed INTEGER NOT NULL, 
	CONSTRAINT ck_nudges_state CHECK (state IN ('waiting', 'held', 'given', 'moot', 'refused')), 
	CONSTRAINT fk_nudges_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_nudges_office_id_owed_obligations FOREIGN KEY(office_id, owed) REFERENCES obligations (office_id, id), 
	CONSTRAINT fk_nudges_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_nudges_office_id_person_people FOREIGN KEY(office_id, person) REFERENCES people (office_id, id), 
	CONSTRAINT uq_nudges_office_id_owed_due_at_kind_step_at UNIQUE (office_id, owed, due_at, kind, step, at)
);
INSERT INTO "nudges" VALUES(1,1,1,'2026-11-20 11:00:00.000000',2,0,'2026-11-20 11:00:00.000000',0,'2026-11-20 11:00:00.000000','waiting',NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,0);
CREATE TABLE obligations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	matter VARCHAR NOT NULL, 
	matter_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	counted_from DATETIME NOT NULL, 
	term TEXT, 
	position INTEGER, 
	block VARCHAR, 
	level VARCHAR, 
	since DATETIME NOT NULL, 
	climbed_to DATETIME NOT NULL, 
	hold TEXT, 
	next_at DATETIME, 
	ended_at DATETIME, known_from VARCHAR, 
	CONSTRAINT ck_obligations_open_or_ended CHECK ((next_at IS NULL) = (ended_at IS NOT NULL)), 
	CONSTRAINT fk_obligations_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_obligations_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT uq_obligations_office_id_id UNIQUE (office_id, id)
);
INSERT INTO "obligations" VALUES(1,1,'risk',1,1,'verification',0,'2026-11-20 11:00:00.000000','2026-11-20 07:00:00.000000',NULL,NULL,'roads','medium','2026-11-20 07:00:00.000000','2026-11-20 07:00:00.000000',NULL,'2026-11-20 11:00:00.000000',NULL,NULL);
INSERT INTO "obligations" VALUES(2,1,'appeal',2,1,'appeal_answer',0,'2026-12-09 15:00:00.000000','2026-11-08 21:00:00.000000',NULL,NULL,'roads',NULL,'2026-11-20 07:01:00.000000','2026-11-20 07:00:59.999999',NULL,'2026-12-08 03:00:00.000000',NULL,'pos');
INSERT INTO "obligations" VALUES(3,2,'appeal',4,1,'appeal_answer',0,'2026-12-09 15:00:00.000000','2026-11-08 21:00:00.000000',NULL,NULL,'roads',NULL,'2026-11-20 07:01:00.000000','2026-11-20 07:00:59.999999',NULL,'2026-12-08 03:00:00.000000',NULL,'pos');
CREATE TABLE office_settings (
	office_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	set_at DATETIME NOT NULL, 
	set_by INTEGER NOT NULL, 
	CONSTRAINT pk_office_settings PRIMARY KEY (office_id, "key"), 
	CONSTRAINT fk_office_settings_office_id_set_by_positions FOREIGN KEY(office_id, set_by) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_office_settings_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "office_settings" VALUES(1,'invitation_days','5','2026-11-20 07:00:00.000000',2);
INSERT INTO "office_settings" VALUES(2,'invitation_days','5','2026-11-20 07:00:00.000000',9);
CREATE TABLE "offices" (
	id INTEGER NOT NULL CONSTRAINT pk_offices PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	"plan" TEXT NOT NULL, 
	founded_at DATETIME NOT NULL, 
	CONSTRAINT uq_offices_key UNIQUE ("key")
);
INSERT INTO "offices" VALUES(1,'pestovo','{"key":"pestovo","title":"МЦУ Пестовского округа","chat_title":"МЦУ-ПИЛОТ","member_word":"член проектного офиса","roles":[{"key":"curator","title":"куратор","seats":1,"open_ended":false,"rank":4},{"key":"head","title":"руководитель МЦУ","seats":1,"open_ended":false,"rank":2},{"key":"officer","title":"ответственный за ИМ и ПОС","seats":1,"open_ended":false,"rank":1},{"key":"head_roads","title":"руководитель блока «Дороги, ЖКХ, благоустройство»","seats":1,"open_ended":false,"rank":3},{"key":"head_social","title":"руководитель блока «Социальная политика»","seats":1,"open_ended":false,"rank":3},{"key":"head_economy","title":"руководитель блока «Экономика, финансы, сельское хозяйство»","seats":1,"open_ended":false,"rank":1},{"key":"head_rural","title":"руководитель блока «Сельские территории»","seats":1,"open_ended":false,"rank":1},{"key":"member","title":"член проектного офиса","seats":0,"open_ended":true,"rank":0}],"powers":{"read":[["head_rural","curator","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"file":[["head_rural","curator","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"work":[["head_rural","curator","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"approve":[["head"],["curator"],["operator"]],"decide":[["head"],["curator"],["operator"]],"classify":[["head_rural","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"bind":[["head"],["curator"],["operator"]],"invite":[["head"],["curator"],["operator"]],"dismiss":[["head"],["curator"],["operator"]],"manage_absence":[["head"],["curator"],["operator"]],"assign_duty":[["head"],["curator"],["operator"]],"configure":[["head"],["curator"],["operator"]],"operate":[["officer"],["head"],["operator"]]},"blocks":[{"key":"roads","title":"Дороги, ЖКХ, благоустройство","head":"head_roads","owner":null,"topics":["дороги","транспорт","жилищно-коммунальное хозяйство","ЖКХ","благоустройство","отходы","ТКО","строительство","архитектура"],"words":["яма","выбоина","колея","асфальт","тротуар","обочина","мост","светофор","пешеходный переход","дорожный знак","разметка","улица","гололёд","гололедица","наледь","сосулька","снег","грейдер","автобус","маршрут","остановка","маршрутка","парковка","вода","водопровод","водоканал","водовод","канализация","отопление","котельная","батарея","батареи","холодно","электричество","отключили свет","без света","нет света","фонарь","освещение","газ","подъезд","крыша","протечка","подвал","управляющая компания","капитальный ремонт","капремонт","мусор","свалка","контейнер","двор","детская площадка","парк","сквер","спил деревьев","кладбище","стройка","застройка","ветхое жильё","аварийное жильё"],"territories":[]},{"key":"social","title":"Социальная политика","head":"head_social","owner":null,"topics":["социальная политика","образование","здравоохранение","культура","спорт","молодёжная политика","социальная защита"],"words":["школа","детский сад","садик","учитель","воспитатель","урок","ученик","родительское собрание","ЕГЭ","школьное питание","летний лагерь","детский лагерь","кружок","кружки","больница","поликлиника","врач","фельдшер","медсестра","терапевт","педиатр","стоматолог","роддом","скорая помощь","скорая","запись к врачу","талон","прививка","лекарство","аптека","рецепт","пособие","выплата","льгота","пенсия","пенсионер","инвалид","инвалидность","соцработник","опека","многодетная семья","многодетные","материнский капитал","детские деньги","дом культуры","клуб","библиотека","музей","кинотеатр","концерт","праздник","стадион","бассейн","тренер","спортзал","каток","молодёжь","волонтёр","ветеран"],"territories":[]},{"key":"economy","title":"Экономика, финансы, сельское хозяйство","head":"head_economy","owner":null,"topics":["экономика","финансы","сельское хозяйство","предпринимательство","проектная деятельность","инвестиции"],"words":["бюджет","налог","цена","подорожание","подорожал","наценка","дефицит","магазин","торговля","рынок","рынка","ярмарка","торговая точка","просрочка","кафе","пекарня","предприниматель","бизнес","самозанятый","инвестор","грант","нацпроект","завод","предприятие","лесозавод","пилорама","лесозаготовка","вырубка леса","вакансия","безработица","зарплата","задержка зарплаты","сокращение","увольнение","центр занятости","банк","банкомат","аренда","земельный участок","земельного участка","кадастр","муниципальное имущество","торги","закупка","ферма","фермер","колхоз","совхоз","корова","молоко","урожай","картофель","картошка","сенокос","теплица","турист","туризм","турбаза"],"territories":[]},{"key":"rural","title":"Сельские территории","head":"head_rural","owner":null,"topics":["сельские территории","территориальный отдел"],"words":["деревня","деревенский","село","сельский","сельчане","селяне","хутор","посёлок","посёлка","староста","сельсовет","ТОС","автолавка","колодец","колодца","родник","пруд","пожарный водоём","дачник","дача","садоводство","огород","дрова","печь","печное отопление","околица","просёлок","грунтовка","бездорожье","лесовоз","переправа","подвесной мост","стадо","пастух","пастбище","волк","медведь","кабан","борщевик","сухая трава","пал травы"],"territories":["bogoslovskoe","bykovskoe","vyatskoe","laptevskoe","okhonskoe","pestovskoe","ustyutskoe"]}],"territories":[{"key":"town","title":"г. Пестово","settlements":["Пестово"]},{"key":"bogoslovskoe","title":"Богословский территориальный отдел","settlements":["Богослово","Абросово","Барыгино","Брякуново","Кирва"]},{"key":"bykovskoe","title":"Быковский территориальный отдел","settlements":["Быково","Малышево"]},{"key":"vyatskoe","title":"Вятский территориальный отдел","settlements":["Вятка","Гуськово","Малашкино","Сидорово"]},{"key":"laptevskoe","title":"Лаптевский территориальный отдел","settlements":["Лаптево","Беззубцево","Брызгово","Муравьёво","Чепурино"]},{"key":"okhonskoe","title":"Охонский территориальный отдел","settlements":["Охона","Астахино"]},{"key":"pestovskoe","title":"Пестовский территориальный отдел","settlements":["Русское Пестово","Почугинское","Тычкино"]},{"key":"ustyutskoe","title":"Устюцкий территориальный отдел","settlements":["Устюцкое","Барсаниха","Лаврово","Пальцево"]}],"levels":[{"key":"low","title":"низкая","sign":"⚪","verify_within":{"amount":"PT9H","clock":"working"},"answer_within":{"amount":"P1DT3H","clock":"working"},"words":["пожелание","предложение"],"check_after":[{"amount":"PT9H","clock":"working"},{"amount":"P1DT3H","clock":"working"}],"may_go_unanswered":true},{"key":"medium","title":"средняя","sign":"🟡","verify_within":{"amount":"PT4H","clock":"working"},"answer_within":{"amount":"PT9H","clock":"working"},"words":[],"check_after":[{"amount":"PT4H","clock":"working"},{"amount":"PT9H","clock":"working"},{"amount":"PT18H","clock":"working"}],"may_go_unanswered":false},{"key":"high","title":"высокая","sign":"🔴","verify_within":{"amount":"PT2H","clock":"clock"},"answer_within":{"amount":"PT6H","clock":"clock"},"words":["авария","аварийная ситуация","пожар","горит дом","возгорание","взрыв","взорвался","утечка газа","запах газа","угарный газ","отравление","отравились","массовое заболевание","вспышка инфекции","погиб","погибли","погибшие","пострадавшие","жертвы","угроза жизни","эвакуация","эвакуируют","обрушение","обрушился","рухнул","провал грунта","паводок","подтопление","затопило","прорыв дамбы","чрезвычайная ситуация","режим ЧС","ЧП","теракт","стрельба","разлив ртути","пропал ребёнок","оборван провод","остались без отопления","весь город без воды","весь город без света"],"check_after":[{"amount":"PT4H","clock":"clock"},{"amount":"P1D","clock":"clock"},{"amount":"P2D","clock":"clock"}],"may_go_unanswered":false}],"default_level":"medium","calendar":{"zone":"Europe/Moscow","week":[{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},null,null],"exceptions":{"2025-01-01":null,"2025-01-02":null,"2025-01-03":null,"2025-01-06":null,"2025-01-07":null,"2025-01-08":null,"2025-03-07":{"opens":"09:00:00","closes":"17:00:00"},"2025-04-30":{"opens":"09:00:00","closes":"17:00:00"},"2025-05-01":null,"2025-05-02":null,"2025-05-08":null,"2025-05-09":null,"2025-06-11":{"opens":"09:00:00","closes":"17:00:00"},"2025-06-12":null,"2025-06-13":null,"2025-11-01":{"opens":"09:00:00","closes":"17:00:00"},"2025-11-03":null,"2025-11-04":null,"2025-12-31":null,"2026-01-01":null,"2026-01-02":null,"2026-01-05":null,"2026-01-06":null,"2026-01-07":null,"2026-01-08":null,"2026-01-09":null,"2026-02-23":null,"2026-03-09":null,"2026-04-30":{"opens":"09:00:00","closes":"17:00:00"},"2026-05-01":null,"2026-05-08":{"opens":"09:00:00","closes":"17:00:00"},"2026-05-11":null,"2026-06-11":{"opens":"09:00:00","closes":"17:00:00"},"2026-06-12":null,"2026-11-03":{"opens":"09:00:00","closes":"17:00:00"},"2026-11-04":null,"2026-12-31":null,"2027-01-01":null,"2027-01-04":null,"2027-01-05":null,"2027-01-06":null,"2027-01-07":null,"2027-01-08":null,"2027-02-20":{"opens":"09:00:00","closes":"17:00:00"},"2027-02-22":null,"2027-02-23":null,"2027-03-08":null,"2027-04-30":{"opens":"09:00:00","closes":"17:00:00"},"2027-05-03":null,"2027-05-10":null,"2027-06-11":{"opens":"09:00:00","closes":"17:00:00"},"2027-06-14":null,"2027-11-03":{"opens":"09:00:00","closes":"17:00:00"},"2027-11-04":null,"2027-11-05":null,"2027-12-31":null,"2028-01-03":null,"2028-01-04":null,"2028-01-05":null,"2028-01-06":null,"2028-01-07":null,"2028-02-22":{"opens":"09:00:00","closes":"17:00:00"},"2028-02-23":null,"2028-03-07":{"opens":"09:00:00","closes":"17:00:00"},"2028-03-08":null,"2028-05-01":null,"2028-05-08":{"opens":"09:00:00","closes":"17:00:00"},"2028-05-09":null,"2028-06-12":null,"2028-11-03":{"opens":"09:00:00","closes":"17:00:00"}},"known_until":"2026-12-31"},"quiet_hours":{"begins":"21:00:00","ends":"08:00:00"},"invitation_days":7,"approves_answers":false,"quiet_rule":"both","counted_publications":["official_page","federal_media","body_page","regional_media"],"pages":[],"own_days":{},"retired":{"roles":[],"blocks":[],"territories":[],"levels":[]}}','2026-11-20 07:00:00.000000');
INSERT INTO "offices" VALUES(2,'zarechny','{"key":"zarechny","title":"МЦУ Пестовского округа","chat_title":"МЦУ-ПИЛОТ","member_word":"член проектного офиса","roles":[{"key":"curator","title":"куратор","seats":1,"open_ended":false,"rank":4},{"key":"head","title":"руководитель МЦУ","seats":1,"open_ended":false,"rank":2},{"key":"officer","title":"ответственный за ИМ и ПОС","seats":1,"open_ended":false,"rank":1},{"key":"head_roads","title":"руководитель блока «Дороги, ЖКХ, благоустройство»","seats":1,"open_ended":false,"rank":3},{"key":"head_social","title":"руководитель блока «Социальная политика»","seats":1,"open_ended":false,"rank":3},{"key":"head_economy","title":"руководитель блока «Экономика, финансы, сельское хозяйство»","seats":1,"open_ended":false,"rank":1},{"key":"head_rural","title":"руководитель блока «Сельские территории»","seats":1,"open_ended":false,"rank":1},{"key":"member","title":"член проектного офиса","seats":0,"open_ended":true,"rank":0}],"powers":{"read":[["head_rural","curator","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"file":[["head_rural","curator","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"work":[["head_rural","curator","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"approve":[["head"],["curator"],["operator"]],"decide":[["head"],["curator"],["operator"]],"classify":[["head_rural","head_economy","head_social","officer","head_roads","member","head"],["operator"]],"bind":[["head"],["curator"],["operator"]],"invite":[["head"],["curator"],["operator"]],"dismiss":[["head"],["curator"],["operator"]],"manage_absence":[["head"],["curator"],["operator"]],"assign_duty":[["head"],["curator"],["operator"]],"configure":[["head"],["curator"],["operator"]],"operate":[["officer"],["head"],["operator"]]},"blocks":[{"key":"roads","title":"Дороги, ЖКХ, благоустройство","head":"head_roads","owner":null,"topics":["дороги","транспорт","жилищно-коммунальное хозяйство","ЖКХ","благоустройство","отходы","ТКО","строительство","архитектура"],"words":["яма","выбоина","колея","асфальт","тротуар","обочина","мост","светофор","пешеходный переход","дорожный знак","разметка","улица","гололёд","гололедица","наледь","сосулька","снег","грейдер","автобус","маршрут","остановка","маршрутка","парковка","вода","водопровод","водоканал","водовод","канализация","отопление","котельная","батарея","батареи","холодно","электричество","отключили свет","без света","нет света","фонарь","освещение","газ","подъезд","крыша","протечка","подвал","управляющая компания","капитальный ремонт","капремонт","мусор","свалка","контейнер","двор","детская площадка","парк","сквер","спил деревьев","кладбище","стройка","застройка","ветхое жильё","аварийное жильё"],"territories":[]},{"key":"social","title":"Социальная политика","head":"head_social","owner":null,"topics":["социальная политика","образование","здравоохранение","культура","спорт","молодёжная политика","социальная защита"],"words":["школа","детский сад","садик","учитель","воспитатель","урок","ученик","родительское собрание","ЕГЭ","школьное питание","летний лагерь","детский лагерь","кружок","кружки","больница","поликлиника","врач","фельдшер","медсестра","терапевт","педиатр","стоматолог","роддом","скорая помощь","скорая","запись к врачу","талон","прививка","лекарство","аптека","рецепт","пособие","выплата","льгота","пенсия","пенсионер","инвалид","инвалидность","соцработник","опека","многодетная семья","многодетные","материнский капитал","детские деньги","дом культуры","клуб","библиотека","музей","кинотеатр","концерт","праздник","стадион","бассейн","тренер","спортзал","каток","молодёжь","волонтёр","ветеран"],"territories":[]},{"key":"economy","title":"Экономика, финансы, сельское хозяйство","head":"head_economy","owner":null,"topics":["экономика","финансы","сельское хозяйство","предпринимательство","проектная деятельность","инвестиции"],"words":["бюджет","налог","цена","подорожание","подорожал","наценка","дефицит","магазин","торговля","рынок","рынка","ярмарка","торговая точка","просрочка","кафе","пекарня","предприниматель","бизнес","самозанятый","инвестор","грант","нацпроект","завод","предприятие","лесозавод","пилорама","лесозаготовка","вырубка леса","вакансия","безработица","зарплата","задержка зарплаты","сокращение","увольнение","центр занятости","банк","банкомат","аренда","земельный участок","земельного участка","кадастр","муниципальное имущество","торги","закупка","ферма","фермер","колхоз","совхоз","корова","молоко","урожай","картофель","картошка","сенокос","теплица","турист","туризм","турбаза"],"territories":[]},{"key":"rural","title":"Сельские территории","head":"head_rural","owner":null,"topics":["сельские территории","территориальный отдел"],"words":["деревня","деревенский","село","сельский","сельчане","селяне","хутор","посёлок","посёлка","староста","сельсовет","ТОС","автолавка","колодец","колодца","родник","пруд","пожарный водоём","дачник","дача","садоводство","огород","дрова","печь","печное отопление","околица","просёлок","грунтовка","бездорожье","лесовоз","переправа","подвесной мост","стадо","пастух","пастбище","волк","медведь","кабан","борщевик","сухая трава","пал травы"],"territories":["bogoslovskoe","bykovskoe","vyatskoe","laptevskoe","okhonskoe","pestovskoe","ustyutskoe"]}],"territories":[{"key":"town","title":"г. Пестово","settlements":["Пестово"]},{"key":"bogoslovskoe","title":"Богословский территориальный отдел","settlements":["Богослово","Абросово","Барыгино","Брякуново","Кирва"]},{"key":"bykovskoe","title":"Быковский территориальный отдел","settlements":["Быково","Малышево"]},{"key":"vyatskoe","title":"Вятский территориальный отдел","settlements":["Вятка","Гуськово","Малашкино","Сидорово"]},{"key":"laptevskoe","title":"Лаптевский территориальный отдел","settlements":["Лаптево","Беззубцево","Брызгово","Муравьёво","Чепурино"]},{"key":"okhonskoe","title":"Охонский территориальный отдел","settlements":["Охона","Астахино"]},{"key":"pestovskoe","title":"Пестовский территориальный отдел","settlements":["Русское Пестово","Почугинское","Тычкино"]},{"key":"ustyutskoe","title":"Устюцкий территориальный отдел","settlements":["Устюцкое","Барсаниха","Лаврово","Пальцево"]}],"levels":[{"key":"low","title":"низкая","sign":"⚪","verify_within":{"amount":"PT9H","clock":"working"},"answer_within":{"amount":"P1DT3H","clock":"working"},"words":["пожелание","предложение"],"check_after":[{"amount":"PT9H","clock":"working"},{"amount":"P1DT3H","clock":"working"}],"may_go_unanswered":true},{"key":"medium","title":"средняя","sign":"🟡","verify_within":{"amount":"PT4H","clock":"working"},"answer_within":{"amount":"PT9H","clock":"working"},"words":[],"check_after":[{"amount":"PT4H","clock":"working"},{"amount":"PT9H","clock":"working"},{"amount":"PT18H","clock":"working"}],"may_go_unanswered":false},{"key":"high","title":"высокая","sign":"🔴","verify_within":{"amount":"PT2H","clock":"clock"},"answer_within":{"amount":"PT6H","clock":"clock"},"words":["авария","аварийная ситуация","пожар","горит дом","возгорание","взрыв","взорвался","утечка газа","запах газа","угарный газ","отравление","отравились","массовое заболевание","вспышка инфекции","погиб","погибли","погибшие","пострадавшие","жертвы","угроза жизни","эвакуация","эвакуируют","обрушение","обрушился","рухнул","провал грунта","паводок","подтопление","затопило","прорыв дамбы","чрезвычайная ситуация","режим ЧС","ЧП","теракт","стрельба","разлив ртути","пропал ребёнок","оборван провод","остались без отопления","весь город без воды","весь город без света"],"check_after":[{"amount":"PT4H","clock":"clock"},{"amount":"P1D","clock":"clock"},{"amount":"P2D","clock":"clock"}],"may_go_unanswered":false}],"default_level":"medium","calendar":{"zone":"Europe/Moscow","week":[{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},{"opens":"09:00:00","closes":"18:00:00"},null,null],"exceptions":{"2025-01-01":null,"2025-01-02":null,"2025-01-03":null,"2025-01-06":null,"2025-01-07":null,"2025-01-08":null,"2025-03-07":{"opens":"09:00:00","closes":"17:00:00"},"2025-04-30":{"opens":"09:00:00","closes":"17:00:00"},"2025-05-01":null,"2025-05-02":null,"2025-05-08":null,"2025-05-09":null,"2025-06-11":{"opens":"09:00:00","closes":"17:00:00"},"2025-06-12":null,"2025-06-13":null,"2025-11-01":{"opens":"09:00:00","closes":"17:00:00"},"2025-11-03":null,"2025-11-04":null,"2025-12-31":null,"2026-01-01":null,"2026-01-02":null,"2026-01-05":null,"2026-01-06":null,"2026-01-07":null,"2026-01-08":null,"2026-01-09":null,"2026-02-23":null,"2026-03-09":null,"2026-04-30":{"opens":"09:00:00","closes":"17:00:00"},"2026-05-01":null,"2026-05-08":{"opens":"09:00:00","closes":"17:00:00"},"2026-05-11":null,"2026-06-11":{"opens":"09:00:00","closes":"17:00:00"},"2026-06-12":null,"2026-11-03":{"opens":"09:00:00","closes":"17:00:00"},"2026-11-04":null,"2026-12-31":null,"2027-01-01":null,"2027-01-04":null,"2027-01-05":null,"2027-01-06":null,"2027-01-07":null,"2027-01-08":null,"2027-02-20":{"opens":"09:00:00","closes":"17:00:00"},"2027-02-22":null,"2027-02-23":null,"2027-03-08":null,"2027-04-30":{"opens":"09:00:00","closes":"17:00:00"},"2027-05-03":null,"2027-05-10":null,"2027-06-11":{"opens":"09:00:00","closes":"17:00:00"},"2027-06-14":null,"2027-11-03":{"opens":"09:00:00","closes":"17:00:00"},"2027-11-04":null,"2027-11-05":null,"2027-12-31":null,"2028-01-03":null,"2028-01-04":null,"2028-01-05":null,"2028-01-06":null,"2028-01-07":null,"2028-02-22":{"opens":"09:00:00","closes":"17:00:00"},"2028-02-23":null,"2028-03-07":{"opens":"09:00:00","closes":"17:00:00"},"2028-03-08":null,"2028-05-01":null,"2028-05-08":{"opens":"09:00:00","closes":"17:00:00"},"2028-05-09":null,"2028-06-12":null,"2028-11-03":{"opens":"09:00:00","closes":"17:00:00"}},"known_until":"2026-12-31"},"quiet_hours":{"begins":"21:00:00","ends":"08:00:00"},"invitation_days":7,"approves_answers":false,"quiet_rule":"both","counted_publications":["official_page","federal_media","body_page","regional_media"],"pages":[],"own_days":{},"retired":{"roles":[],"blocks":[],"territories":[],"levels":[]}}','2026-11-20 07:00:00.000000');
CREATE TABLE "outbox" (
	id INTEGER NOT NULL CONSTRAINT pk_outbox PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	notice TEXT NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	thread INTEGER, 
	state VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	retry_at DATETIME, 
	claimed_by VARCHAR, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	message INTEGER, 
	why VARCHAR, 
	once VARCHAR, 
	CONSTRAINT ck_outbox_state CHECK (state IN ('planned', 'claimed', 'sent', 'moot', 'refused', 'unknown')), 
	CONSTRAINT fk_outbox_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_outbox_office_id_once UNIQUE (office_id, once)
);
INSERT INTO "outbox" VALUES(1,1,'risk_followed','{"risk":2,"state":"verifying","kind":"risk_followed"}','telegram','101',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(2,1,'risk_followed','{"risk":2,"state":"answering","kind":"risk_followed"}','telegram','101',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(3,1,'risk_followed','{"risk":2,"state":"watched","kind":"risk_followed"}','telegram','101',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(4,1,'answer_reported','{"risk":2,"round":1,"kind":"answer_reported"}','telegram','-1100',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(5,1,'joined','{"position":2,"kind":"joined"}','telegram','101',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(6,1,'absence_noted','{"absence":1,"kind":"absence_noted"}','telegram','104',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(7,2,'risk_followed','{"risk":4,"state":"verifying","kind":"risk_followed"}','telegram','201',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(8,2,'risk_followed','{"risk":4,"state":"answering","kind":"risk_followed"}','telegram','201',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(9,2,'risk_followed','{"risk":4,"state":"watched","kind":"risk_followed"}','telegram','201',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(10,2,'answer_reported','{"risk":4,"round":1,"kind":"answer_reported"}','telegram','-1200',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(11,2,'joined','{"position":9,"kind":"joined"}','telegram','201',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(12,2,'absence_noted','{"absence":2,"kind":"absence_noted"}','telegram','204',NULL,'planned','2026-11-20 07:00:00.000000',NULL,NULL,0,NULL,NULL,NULL);
CREATE TABLE "people" (
	id INTEGER NOT NULL CONSTRAINT pk_people PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, official_name VARCHAR, at_desk_since DATETIME, unreachable_since DATETIME, former_since DATETIME, nudged_at TIME, 
	CONSTRAINT fk_people_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_people_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT uq_people_office_id_messenger_address UNIQUE (office_id, messenger, address)
);
INSERT INTO "people" VALUES(1,1,'telegram','100',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(2,1,'telegram','101',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(3,1,'telegram','102',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(4,1,'telegram','103',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(5,1,'telegram','104',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(6,1,'telegram','105',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(7,2,'telegram','200',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(8,2,'telegram','201',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(9,2,'telegram','202',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(10,2,'telegram','203',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(11,2,'telegram','204',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(12,2,'telegram','205',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(13,1,'telegram','150',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES(14,2,'telegram','250',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "positions" (
	id INTEGER NOT NULL CONSTRAINT pk_positions PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	number INTEGER, 
	holder INTEGER, held_since DATETIME, 
	CONSTRAINT fk_positions_office_id_holder_people FOREIGN KEY(office_id, holder) REFERENCES people (office_id, id), 
	CONSTRAINT fk_positions_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_positions_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT uq_positions_office_id_role_number UNIQUE (office_id, role, number)
);
INSERT INTO "positions" VALUES(1,1,'curator',NULL,1,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(2,1,'head',NULL,2,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(3,1,'officer',NULL,3,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(4,1,'head_roads',NULL,4,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(5,1,'head_social',NULL,NULL,NULL);
INSERT INTO "positions" VALUES(6,1,'head_economy',NULL,NULL,NULL);
INSERT INTO "positions" VALUES(7,1,'head_rural',NULL,NULL,NULL);
INSERT INTO "positions" VALUES(8,2,'curator',NULL,7,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(9,2,'head',NULL,8,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(10,2,'officer',NULL,9,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(11,2,'head_roads',NULL,10,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(12,2,'head_social',NULL,NULL,NULL);
INSERT INTO "positions" VALUES(13,2,'head_economy',NULL,NULL,NULL);
INSERT INTO "positions" VALUES(14,2,'head_rural',NULL,NULL,NULL);
INSERT INTO "positions" VALUES(15,1,'member',1,5,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(16,1,'member',2,6,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(17,2,'member',1,11,'2026-11-20 07:00:00.000000');
INSERT INTO "positions" VALUES(18,2,'member',2,12,'2026-11-20 07:00:00.000000');
CREATE TABLE prompts (
	office_id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	draft INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	CONSTRAINT pk_prompts PRIMARY KEY (office_id, person, messenger, address), 
	CONSTRAINT fk_prompts_office_id_draft_drafts FOREIGN KEY(office_id, draft) REFERENCES drafts (office_id, id), 
	CONSTRAINT fk_prompts_office_id_person_people FOREIGN KEY(office_id, person) REFERENCES people (office_id, id), 
	CONSTRAINT fk_prompts_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "prompts" VALUES(1,5,'telegram','104',1,'gist');
INSERT INTO "prompts" VALUES(2,11,'telegram','204',2,'gist');
CREATE TABLE "records" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	author INTEGER NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	thread INTEGER, 
	risk INTEGER, 
	round INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	item INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	touched_at DATETIME NOT NULL, 
	skipped TEXT NOT NULL, 
	filled TEXT NOT NULL, 
	appeal INTEGER, 
	CONSTRAINT uq_records_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT fk_records_office_id_risk_risks FOREIGN KEY(office_id, risk) REFERENCES risks (office_id, id), 
	CONSTRAINT ck_records_status CHECK (status IN ('open', 'done', 'cancelled')), 
	CONSTRAINT fk_records_office_id_author_people FOREIGN KEY(office_id, author) REFERENCES people (office_id, id), 
	CONSTRAINT fk_records_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_records_office_id_appeals FOREIGN KEY(office_id, appeal) REFERENCES appeals (office_id, id)
);
INSERT INTO "records" VALUES(1,1,6,'telegram','105',NULL,2,1,'confirmed',0,'done','2026-11-20 07:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(2,1,5,'telegram','104',NULL,2,1,'answer',0,'done','2026-11-20 07:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(3,1,6,'telegram','105',NULL,2,1,'check',0,'done','2026-11-20 12:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(4,1,2,'telegram','101',NULL,2,1,'override',0,'done','2026-11-20 13:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(5,1,6,'telegram','105',NULL,1,1,'note',0,'open','2026-11-20 07:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(6,2,12,'telegram','205',NULL,4,1,'confirmed',0,'done','2026-11-20 07:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(7,2,11,'telegram','204',NULL,4,1,'answer',0,'done','2026-11-20 07:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(8,2,12,'telegram','205',NULL,4,1,'check',0,'done','2026-11-20 12:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(9,2,8,'telegram','201',NULL,4,1,'override',0,'done','2026-11-20 13:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(10,2,12,'telegram','205',NULL,3,1,'note',0,'open','2026-11-20 07:00:00.000000','[]','{}',NULL);
INSERT INTO "records" VALUES(11,1,1,'telegram','-1100',NULL,NULL,1,'appeal_remark',0,'cancelled','2026-11-20 07:00:00.000000','[]','{}',1);
INSERT INTO "records" VALUES(12,2,7,'telegram','-1200',NULL,NULL,1,'appeal_remark',0,'cancelled','2026-11-20 07:00:00.000000','[]','{}',3);
CREATE TABLE "risks" (
	id INTEGER NOT NULL CONSTRAINT pk_risks PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	gist TEXT NOT NULL, 
	sources TEXT NOT NULL, 
	block VARCHAR, 
	level VARCHAR NOT NULL, 
	suggested_level VARCHAR, 
	territory VARCHAR, 
	filed_by INTEGER NOT NULL, 
	filed_at DATETIME NOT NULL, 
	verify_by DATETIME NOT NULL, 
	overdue_noted BOOLEAN NOT NULL, answer_by DATETIME, due_at DATETIME, returns INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_risks_office_id_filed_by_positions FOREIGN KEY(office_id, filed_by) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_risks_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_risks_office_id_id UNIQUE (office_id, id), 
	CONSTRAINT uq_risks_office_id_year_serial UNIQUE (office_id, year, serial)
);
INSERT INTO "risks" VALUES(1,1,1,2026,'filed',1,'Яма на дороге','[]','roads','medium',NULL,NULL,15,'2026-11-20 07:00:00.000000','2026-11-20 11:00:00.000000',0,NULL,'2026-11-20 11:00:00.000000',0);
INSERT INTO "risks" VALUES(2,1,41,2025,'overridden',1,'Закрыта аптека на Советской','[]','social','medium',NULL,NULL,16,'2026-11-20 07:00:00.000000','2026-11-20 11:00:00.000000',0,'2026-11-23 07:00:00.000000',NULL,0);
INSERT INTO "risks" VALUES(3,2,1,2026,'filed',1,'Яма на дороге','[]','roads','medium',NULL,NULL,17,'2026-11-20 07:00:00.000000','2026-11-20 11:00:00.000000',0,NULL,'2026-11-20 11:00:00.000000',0);
INSERT INTO "risks" VALUES(4,2,41,2025,'overridden',1,'Закрыта аптека на Советской','[]','social','medium',NULL,NULL,18,'2026-11-20 07:00:00.000000','2026-11-20 11:00:00.000000',0,'2026-11-23 07:00:00.000000',NULL,0);
CREATE TABLE "staff_events" (
	id INTEGER NOT NULL CONSTRAINT pk_staff_events PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	"by" INTEGER, 
	position INTEGER, 
	facts TEXT NOT NULL, 
	CONSTRAINT fk_staff_events_office_id_by_positions FOREIGN KEY(office_id, "by") REFERENCES positions (office_id, id), 
	CONSTRAINT fk_staff_events_office_id_position_positions FOREIGN KEY(office_id, position) REFERENCES positions (office_id, id), 
	CONSTRAINT fk_staff_events_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "staff_events" VALUES(1,1,'2026-11-20 07:00:00.000000','setting_changed',2,NULL,'{"setting":"invitation_days","before":"7","after":"5"}');
INSERT INTO "staff_events" VALUES(2,1,'2026-11-20 07:00:00.000000','absence_noted',2,15,'{"first_day":"2026-11-23","last_day":"2026-11-27"}');
INSERT INTO "staff_events" VALUES(3,1,'2026-11-20 07:00:00.000000','duty_assigned',2,2,'{"first_day":"2026-11-21","last_day":"2026-11-22"}');
INSERT INTO "staff_events" VALUES(4,1,'2026-11-20 07:00:00.000000','invited',2,5,'{}');
INSERT INTO "staff_events" VALUES(5,1,'2026-11-20 07:00:00.000000','entered',NULL,5,'{}');
INSERT INTO "staff_events" VALUES(6,2,'2026-11-20 07:00:00.000000','setting_changed',9,NULL,'{"setting":"invitation_days","before":"7","after":"5"}');
INSERT INTO "staff_events" VALUES(7,2,'2026-11-20 07:00:00.000000','absence_noted',9,17,'{"first_day":"2026-11-23","last_day":"2026-11-27"}');
INSERT INTO "staff_events" VALUES(8,2,'2026-11-20 07:00:00.000000','duty_assigned',9,9,'{"first_day":"2026-11-21","last_day":"2026-11-22"}');
INSERT INTO "staff_events" VALUES(9,2,'2026-11-20 07:00:00.000000','invited',9,12,'{}');
INSERT INTO "staff_events" VALUES(10,2,'2026-11-20 07:00:00.000000','entered',NULL,12,'{}');
CREATE TABLE staged_appeals (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	regime VARCHAR NOT NULL, 
	created_on DATE NOT NULL, 
	created_at DATETIME, 
	channel VARCHAR, 
	topic_group VARCHAR, 
	topic VARCHAR, 
	kind VARCHAR, 
	settlement VARCHAR, 
	municipality VARCHAR, 
	department VARCHAR, 
	executor VARCHAR, 
	organisation VARCHAR, 
	planned_on DATE, 
	finished_on DATE, 
	finished_at DATETIME, 
	first_answered_at DATETIME, 
	first_answer_in_norm BOOLEAN, 
	first_answer_seconds FLOAT, 
	step VARCHAR, 
	outcome VARCHAR, 
	mark INTEGER, 
	satisfaction VARCHAR, 
	repeated BOOLEAN NOT NULL, 
	post VARCHAR, 
	state VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	block VARCHAR, 
	routed TEXT, 
	territory VARCHAR, 
	fate VARCHAR, 
	appeal INTEGER, 
	extensions INTEGER, 
	press VARCHAR, 
	pressed_at DATETIME, 
	pressed_by INTEGER, 
	imported INTEGER, 
	vanished_in INTEGER, 
	chosen BOOLEAN, 
	told TEXT, 
	CONSTRAINT ck_staged_appeals_fate CHECK (fate IN ('new', 'changed', 'same', 'newer', 'before')), 
	CONSTRAINT fk_staged_appeals_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_staged_appeals_office_id_import_id_imports FOREIGN KEY(office_id, import_id) REFERENCES imports (office_id, id)
);
INSERT INTO "staged_appeals" VALUES(1,1,1,'pos','6100013','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Ямы на дороге 1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,'new',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "staged_appeals" VALUES(2,1,1,'pos','6100014','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Ямы на дороге 1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,'new',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "staged_appeals" VALUES(3,2,2,'pos','6100013','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Ямы на дороге 2',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,'new',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "staged_appeals" VALUES(4,2,2,'pos','6100014','pos_ordinary','2026-11-09',NULL,NULL,NULL,'Ямы на дороге 2',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'open','2026-12-09 15:00:00.000000',NULL,NULL,NULL,'new',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "standing" (
	id INTEGER NOT NULL CONSTRAINT pk_standing PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	subject VARCHAR NOT NULL, 
	subject_id INTEGER NOT NULL, 
	messenger VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	thread INTEGER, 
	panel VARCHAR NOT NULL, 
	opened_by INTEGER, 
	message INTEGER, 
	answers INTEGER, 
	retired TEXT DEFAULT '[]' NOT NULL, 
	ended BOOLEAN DEFAULT '0' NOT NULL, 
	wanted INTEGER NOT NULL, 
	shown INTEGER NOT NULL, 
	refused INTEGER, 
	pressed BOOLEAN NOT NULL, 
	claimed_by VARCHAR, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	retry_at DATETIME, 
	CONSTRAINT fk_standing_office_id_opened_by_people FOREIGN KEY(office_id, opened_by) REFERENCES people (office_id, id), 
	CONSTRAINT fk_standing_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT uq_standing_office_id_subject_subject_id_messenger_address UNIQUE (office_id, subject, subject_id, messenger, address)
);
INSERT INTO "standing" VALUES(1,1,'risk',1,'telegram','-1100',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(2,1,'risk',2,'telegram','-1100',NULL,'main',2,NULL,NULL,'[]',0,7,0,NULL,1,NULL,0,NULL);
INSERT INTO "standing" VALUES(3,1,'record',1,'telegram','105',NULL,'main',NULL,NULL,NULL,'[]',0,2,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(4,1,'record',2,'telegram','104',NULL,'main',NULL,NULL,NULL,'[]',0,3,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(5,1,'record',3,'telegram','105',NULL,'main',NULL,NULL,NULL,'[]',0,4,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(6,1,'record',4,'telegram','101',NULL,'main',NULL,NULL,NULL,'[]',0,2,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(7,1,'draft',1,'telegram','104',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(8,1,'entry',1,'telegram','150',NULL,'main',NULL,NULL,NULL,'[]',0,2,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(9,1,'admission',1,'telegram','101',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(10,1,'record',5,'telegram','105',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(11,2,'risk',3,'telegram','-1200',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(12,2,'risk',4,'telegram','-1200',NULL,'main',8,NULL,NULL,'[]',0,7,0,NULL,1,NULL,0,NULL);
INSERT INTO "standing" VALUES(13,2,'record',6,'telegram','205',NULL,'main',NULL,NULL,NULL,'[]',0,2,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(14,2,'record',7,'telegram','204',NULL,'main',NULL,NULL,NULL,'[]',0,3,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(15,2,'record',8,'telegram','205',NULL,'main',NULL,NULL,NULL,'[]',0,4,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(16,2,'record',9,'telegram','201',NULL,'main',NULL,NULL,NULL,'[]',0,2,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(17,2,'draft',2,'telegram','204',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(18,2,'entry',2,'telegram','250',NULL,'main',NULL,NULL,NULL,'[]',0,2,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(19,2,'admission',2,'telegram','201',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
INSERT INTO "standing" VALUES(20,2,'record',10,'telegram','205',NULL,'main',NULL,NULL,NULL,'[]',0,1,0,NULL,0,NULL,0,NULL);
CREATE TABLE tallies (
	office_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	what VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_tallies PRIMARY KEY (office_id, day, what, kind, outcome), 
	CONSTRAINT ck_tallies_what CHECK (what IN ('notice', 'mishap')), 
	CONSTRAINT fk_tallies_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id)
);
INSERT INTO "tallies" VALUES(1,'2026-11-20','notice','joined','sent',3);
INSERT INTO "tallies" VALUES(2,'2026-11-20','notice','joined','sent',3);
CREATE TABLE upkeep (
	what VARCHAR NOT NULL, 
	done_at DATETIME NOT NULL, 
	told TEXT NOT NULL, 
	CONSTRAINT pk_upkeep PRIMARY KEY (what)
);
INSERT INTO "upkeep" VALUES('backup','2026-11-20 07:00:00.000000','{}');
CREATE TABLE workings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	office_id INTEGER NOT NULL, 
	risk INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	told TEXT NOT NULL, 
	watcher INTEGER NOT NULL, 
	probe_at DATETIME, 
	CONSTRAINT fk_workings_office_id_offices FOREIGN KEY(office_id) REFERENCES offices (id), 
	CONSTRAINT fk_workings_office_id_risk_risks FOREIGN KEY(office_id, risk) REFERENCES risks (office_id, id), 
	CONSTRAINT fk_workings_office_id_watcher_positions FOREIGN KEY(office_id, watcher) REFERENCES positions (office_id, id), 
	CONSTRAINT uq_workings_office_id_risk_round UNIQUE (office_id, risk, round)
);
INSERT INTO "workings" VALUES(1,1,1,1,'{"risk":1,"round":1,"watcher":15,"begun_at":null,"verifier":null,"taken_at":null,"findings":[],"unknowns":[],"measures":[],"interims":[],"answer":null,"earlier_answers":[],"correction":null,"waiver":null,"publications":[],"first_reach":null,"checks":[],"mentions":0,"alike":[],"disturbed_at":null,"recurrence":null,"ending":null}',15,NULL);
INSERT INTO "workings" VALUES(2,1,2,1,'{"risk":2,"round":1,"watcher":16,"begun_at":null,"verifier":16,"taken_at":"2026-11-20T07:00:00Z","findings":[{"outcome":"confirmed","grounds":"Водоканал подтвердил аварию","by":16,"at":"2026-11-20T07:00:00Z"}],"unknowns":[],"measures":[],"interims":[],"answer":{"text":"Авария устранена. Диспетчер: 8 (81669) 5-55-55.","platforms":"сайт администрации","drafted_by":15,"drafted_at":"2026-11-20T07:00:00Z","submitted_at":null,"approved_by":null,"approved_at":null,"remark":null,"published_by":15,"published_at":"2026-11-20T07:00:00Z","corrected_at":null},"earlier_answers":[],"correction":null,"waiver":null,"publications":[],"first_reach":null,"checks":[{"at":"2026-11-20T12:00:00Z","by":16,"reaction":"none","spread":"still","in_place":null,"reach":null,"counts":true}],"mentions":0,"alike":[],"disturbed_at":null,"recurrence":null,"ending":{"kind":"override","at":"2026-11-20T13:00:00Z","by":2,"reason":"Решение совещания","into":null}}',16,NULL);
INSERT INTO "workings" VALUES(3,2,3,1,'{"risk":3,"round":1,"watcher":17,"begun_at":null,"verifier":null,"taken_at":null,"findings":[],"unknowns":[],"measures":[],"interims":[],"answer":null,"earlier_answers":[],"correction":null,"waiver":null,"publications":[],"first_reach":null,"checks":[],"mentions":0,"alike":[],"disturbed_at":null,"recurrence":null,"ending":null}',17,NULL);
INSERT INTO "workings" VALUES(4,2,4,1,'{"risk":4,"round":1,"watcher":18,"begun_at":null,"verifier":18,"taken_at":"2026-11-20T07:00:00Z","findings":[{"outcome":"confirmed","grounds":"Водоканал подтвердил аварию","by":18,"at":"2026-11-20T07:00:00Z"}],"unknowns":[],"measures":[],"interims":[],"answer":{"text":"Авария устранена. Диспетчер: 8 (81669) 5-55-55.","platforms":"сайт администрации","drafted_by":17,"drafted_at":"2026-11-20T07:00:00Z","submitted_at":null,"approved_by":null,"approved_at":null,"remark":null,"published_by":17,"published_at":"2026-11-20T07:00:00Z","corrected_at":null},"earlier_answers":[],"correction":null,"waiver":null,"publications":[],"first_reach":null,"checks":[{"at":"2026-11-20T12:00:00Z","by":18,"reaction":"none","spread":"still","in_place":null,"reach":null,"counts":true}],"mentions":0,"alike":[],"disturbed_at":null,"recurrence":null,"ending":{"kind":"override","at":"2026-11-20T13:00:00Z","by":9,"reason":"Решение совещания","into":null}}',18,NULL);
CREATE TRIGGER about_kind_is_for_ever BEFORE UPDATE OF kind ON about WHEN NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'the kind of a database never changes'); END;
CREATE INDEX ix_inbox_update ON inbox (bot_id, update_id);
CREATE INDEX ix_inbox_waiting ON inbox (id) WHERE state = 'waiting';
CREATE INDEX ix_people_address ON people (messenger, address);
CREATE INDEX ix_entries_open ON entries (office_id, person) WHERE state IN ('naming', 'waiting');
CREATE INDEX ix_absences_last_day ON absences (office_id, last_day);
CREATE INDEX ix_duties_last_day ON duties (office_id, last_day);
CREATE INDEX ix_events_risk ON events (office_id, risk);
CREATE INDEX ix_drafts_open ON drafts (office_id, author) WHERE status = 'open';
CREATE INDEX ix_standing_due ON standing (id) WHERE wanted != shown OR retired != '[]';
CREATE INDEX ix_standing_message ON standing (messenger, address, message);
CREATE INDEX ix_outbox_due ON outbox (due_at) WHERE state = 'planned';
CREATE INDEX ix_risks_open ON risks (office_id, due_at) WHERE state IN ('answering', 'approved', 'approving', 'filed', 'unclear', 'verifying', 'watched');
CREATE INDEX ix_workings_probe ON workings (office_id, probe_at) WHERE probe_at IS NOT NULL;
CREATE INDEX ix_note_offers_open ON note_offers (office_id, touched_at) WHERE status = 'open';
CREATE INDEX ix_obligations_next ON obligations (office_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_obligations_matter ON obligations (office_id, matter, matter_id) WHERE next_at IS NOT NULL;
CREATE INDEX ix_nudges_pending ON nudges (office_id, release_at) WHERE state IN ('waiting', 'held');
CREATE INDEX ix_nudges_given ON nudges (office_id, given_at) WHERE state = 'given';
CREATE INDEX ix_nudges_bundle ON nudges (office_id, bundle) WHERE state = 'given';
CREATE INDEX ix_nudges_owed ON nudges (office_id, owed);
CREATE INDEX ix_nudges_at ON nudges (office_id, at);
CREATE INDEX ix_imports_open ON imports (office_id) WHERE state IN ('applying', 'asking_columns', 'reading', 'waiting');
CREATE INDEX ix_appeals_created ON appeals (office_id, source, created_on);
CREATE INDEX ix_appeals_open ON appeals (office_id, due_at) WHERE state IN ('open', 'deferred');
CREATE INDEX ix_appeals_unsettled ON appeals (office_id) WHERE unsettled = 1;
CREATE INDEX ix_appeal_changes_appeal ON appeal_changes (office_id, appeal);
CREATE INDEX ix_appeal_changes_at ON appeal_changes (office_id, at);
CREATE INDEX ix_appeal_changes_imported ON appeal_changes (office_id, imported);
CREATE INDEX ix_staged_appeals_appeal ON staged_appeals (office_id, import_id, appeal);
CREATE INDEX ix_first_answers_day ON first_answers (office_id, day);
CREATE INDEX ix_jobs_subject ON jobs (office_id, kind, subject);
CREATE INDEX ix_jobs_unfinished ON jobs (id) WHERE state IN ('planned', 'claimed');
CREATE INDEX ix_records_open ON records (office_id, author) WHERE status = 'open';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('offices',2);
INSERT INTO "sqlite_sequence" VALUES('people',14);
INSERT INTO "sqlite_sequence" VALUES('positions',18);
INSERT INTO "sqlite_sequence" VALUES('invitations',2);
INSERT INTO "sqlite_sequence" VALUES('entries',2);
INSERT INTO "sqlite_sequence" VALUES('absences',2);
INSERT INTO "sqlite_sequence" VALUES('duties',2);
INSERT INTO "sqlite_sequence" VALUES('staff_events',10);
INSERT INTO "sqlite_sequence" VALUES('chats',2);
INSERT INTO "sqlite_sequence" VALUES('risks',4);
INSERT INTO "sqlite_sequence" VALUES('events',16);
INSERT INTO "sqlite_sequence" VALUES('drafts',2);
INSERT INTO "sqlite_sequence" VALUES('standing',20);
INSERT INTO "sqlite_sequence" VALUES('outbox',12);
INSERT INTO "sqlite_sequence" VALUES('ledger',1);
INSERT INTO "sqlite_sequence" VALUES('workings',4);
INSERT INTO "sqlite_sequence" VALUES('note_offers',2);
INSERT INTO "sqlite_sequence" VALUES('inbox',2);
INSERT INTO "sqlite_sequence" VALUES('obligations',3);
INSERT INTO "sqlite_sequence" VALUES('nudges',1);
INSERT INTO "sqlite_sequence" VALUES('records',12);
INSERT INTO "sqlite_sequence" VALUES('imports',2);
INSERT INTO "sqlite_sequence" VALUES('staged_appeals',4);
INSERT INTO "sqlite_sequence" VALUES('appeals',4);
INSERT INTO "sqlite_sequence" VALUES('appeal_changes',6);
INSERT INTO "sqlite_sequence" VALUES('first_answers',2);
INSERT INTO "sqlite_sequence" VALUES('column_mappings',2);
INSERT INTO "sqlite_sequence" VALUES('jobs',2);
COMMIT;
