//! The hot bulk statements: many rows in ONE statement. They are the only texts that an engine may have
//! to itself; each engine has its module here, with the same functions.

/// SQLite takes the rows as one JSON text: a statement costs a thread's hop, a row then very little.
pub(crate) mod sqlite {
    use gd_domain::{ConsultationId, ParticipantId, ProposalNumber};
    use sqlx::{Sqlite, SqliteConnection};

    use crate::rows::BallotColumns;

    const INSERT_EVENTS: &str = "
        INSERT INTO ballot_event
            (consultation_id, position, participant, proposal, choice, qualifications, audience, channel, cast_at)
        SELECT $1, $2 + row.key, row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3,
               row.value ->> 4, row.value ->> 5, row.value ->> 6
        FROM json_each($3) AS row";

    // CROSS JOIN keeps SQLite from turning the join round: for each row one look-up in the index.
    const SELECT_STANDING: &str = "
        SELECT ballot.participant, ballot.proposal, ballot.choice, ballot.qualifications, ballot.audience,
               ballot.channel, ballot.cast_at
        FROM json_each($2) AS row
        CROSS JOIN standing_ballot AS ballot
          ON ballot.consultation_id = $1 AND ballot.participant = row.value";

    const UPSERT_STANDING: &str = "
        INSERT INTO standing_ballot
            (consultation_id, participant, proposal, choice, qualifications, audience, channel, cast_at)
        SELECT $1, row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3, row.value ->> 4,
               row.value ->> 5, row.value ->> 6
        FROM json_each($2) AS row
        WHERE true
        ON CONFLICT (consultation_id, participant, proposal) DO UPDATE SET
            choice = excluded.choice, qualifications = excluded.qualifications,
            audience = excluded.audience, channel = excluded.channel, cast_at = excluded.cast_at";

    const DELETE_STANDING: &str = "
        DELETE FROM standing_ballot
        WHERE consultation_id = $1
          AND (participant, proposal) IN (SELECT row.value ->> 0, row.value ->> 1 FROM json_each($2) AS row)";

    /// Inserts events at consecutive positions, the first at `first`.
    pub(crate) async fn insert_events(
        connection: &mut SqliteConnection,
        consultation: ConsultationId,
        first: i64,
        events: &[BallotColumns],
    ) -> sqlx::Result<()> {
        let query = sqlx::query::<Sqlite>(INSERT_EVENTS);
        query.bind(consultation.0).bind(first).bind(json(events)?).execute(connection).await.map(|_| ())
    }

    /// The standing ballots of these participants.
    pub(crate) async fn select_standing(
        connection: &mut SqliteConnection,
        consultation: ConsultationId,
        participants: &[ParticipantId],
    ) -> sqlx::Result<Vec<BallotColumns>> {
        let query = sqlx::query_as::<Sqlite, BallotColumns>(SELECT_STANDING);
        query.bind(consultation.0).bind(json(participants)?).fetch_all(connection).await
    }

    /// Puts these ballots in the place of whatever stood.
    pub(crate) async fn upsert_standing(
        connection: &mut SqliteConnection,
        consultation: ConsultationId,
        ballots: &[BallotColumns],
    ) -> sqlx::Result<()> {
        let query = sqlx::query::<Sqlite>(UPSERT_STANDING);
        query.bind(consultation.0).bind(json(ballots)?).execute(connection).await.map(|_| ())
    }

    /// Removes what stands for these pairs.
    pub(crate) async fn delete_standing(
        connection: &mut SqliteConnection,
        consultation: ConsultationId,
        pairs: &[(ParticipantId, ProposalNumber)],
    ) -> sqlx::Result<()> {
        let query = sqlx::query::<Sqlite>(DELETE_STANDING);
        query.bind(consultation.0).bind(json(pairs)?).execute(connection).await.map(|_| ())
    }

    fn json<T: serde::Serialize + ?Sized>(rows: &T) -> sqlx::Result<String> {
        serde_json::to_string(rows).map_err(|error| sqlx::Error::Encode(Box::new(error)))
    }
}
