"""Who gets what at which address: the access rules of the hall in one table.

A line for reading (GET) and one for sending an empty form (POST), a column for each of `people.ROLES`, a single code
where all get the same. `in`: to the sign-in. `2fa`: to the one-time code. 404 where the case is none of theirs. 403 where
the page is for others. 405 where the address takes no such method. 409 and 422: let in, but an empty form is refused.
"""

from tests.access.people import ROLES

# Columns: visitor, handler and colleague of the case's unit, stranger of another unit, subject of the case, other person,
# reviewer, clerk, decider and head of its office, elsewhere: officer of another office, operator, auditor,
# no_code: officer without one-time code, revoked: whose grant ended while the session was open.
GRID = """
                                 visi hand coll stra subj othe revi cler deci head else oper audi no_c revo
account:appeal              GET   200
                            POST  422
account:bulletin            GET    in  200  302  302  302  302  302  302  302  302  302  302  302  2fa  302
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:bulletin-file       GET    in  200  302  302  302  302  302  302  302  302  302  302  302  2fa  302
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:bulletins           GET    in  200  302  302  302  302  302  302  302  302  302  302  302  2fa  302
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:question            GET    in  200  302  302  302  302  302  302  302  302  302  302  302  2fa  302
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:questions           GET    in  200  302  302  302  302  302  302  302  302  302  302  302  2fa  302
                            POST   in  422  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:captcha             GET   405
                            POST  200
account:captcha-picture     GET   404
                            POST  405
account:captcha-recording   GET   404
                            POST  405
account:change-password     GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  422  422  422  422  422  422  422  422  422  422  422  422  2fa  422
account:choose-organisation GET    in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
                            POST   in  422  422  422  422  422  422  422  422  422  422  422  422  422  422
account:delegation          GET    in  200  200  404  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
account:delegation-enter    GET    in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  404  404  404  403  403  403  403  403  403  403  403  403  2fa  403
account:delegation-leave    GET    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  302  302
account:delegation-new      GET    in  404  404  404  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  404  404  404  403  403  403  403  403  403  403  403  403  2fa  403
account:delegation-revoke   GET    in  200  200  404  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  302  302  404  403  403  403  403  403  403  403  403  403  2fa  403
account:delegations         GET    in  200  200  200  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
account:special             GET   200
                            POST  422
account:unit-for            GET    in  302  302  302  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
account:unit-handler        GET   302
                            POST  302
account:unit-way            GET   302
                            POST  405
account:consent-withdraw    GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:consents-give       GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:enter               GET    in  302  302  302  302  302  200  200  200  200  200  200  200  2fa  302
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:enter-statement     GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:privacy             GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:privacy-close       GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  422  422  422  422  422  422  422  422  422  422  422  422  2fa  422
account:privacy-export      GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  422  422  422  422  422  422  422  422  422  422  2fa  422
account:system              GET    in  200  200  200  200  200  302  302  302  302  302  302  302  2fa  200
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:inbox               GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:inbox_message       GET    in  200  404  404  404  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:inbox_read_all      GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:password            GET   404
                            POST  404
account:portal              GET   404
                            POST  405
account:portal-back         GET   404
                            POST  405
account:portals             GET   200
                            POST  405
account:recover             GET   200
                            POST  422
account:recover-other       GET   200
                            POST  405
account:register            GET   200
                            POST  405
account:register-person     GET   200
                            POST  422
account:register-unit       GET   200
                            POST  422
account:register-unit-form  GET   200
                            POST  422
account:session-end         GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:sessions            GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:sessions-end        GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in   in   in   in   in   in   in   in   in   in   in   in   in  2fa   in
account:sign-in             GET   200  302  302  302  302  302  302  302  302  302  302  302  302  302  302
                            POST  422
account:sign-out            GET   405
                            POST   in
account:grant               GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
account:grant-change        GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
account:grant-revoke        GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
account:grant-roles         GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
account:grants              GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
account:me                  GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
account:me-documents        GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
account:me-information      GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  422  422  422  422  422  422  422  422  422  422  422  422  2fa  422
account:stay                GET    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
                            POST   in  204  204  204  204  204  204  204  204  204  204  204  204  204  204
account:trouble             GET   200
                            POST  405
account:unit-documents      GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  404  404  404  404  404  404  404  404  404  404  2fa  404
account:unit-information    GET    in  200  200  404  404  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  422  422  404  404  404  404  404  404  404  404  404  404  2fa  404
account:totp                GET    in  302  302  302  302  302  302  302  302  302  302  302  302  200  302
                            POST   in  302  302  302  302  302  302  302  302  302  302  302  302  422  302
applicant:booking           GET    in  302  302  404  302  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  302  302  404  302  404  404  404  404  404  404  404  404  2fa  404
applicant:case              GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:cases             GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:check             GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:confirm           GET    in  302  302  404  302  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  302  302  404  302  404  404  404  404  404  404  404  404  2fa  404
applicant:document          GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:file              GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:form              GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  302  302  404  302  404  404  404  404  404  404  404  404  2fa  404
applicant:form-pdf          GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:form-save         GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  400  400  404  400  404  404  404  404  404  404  404  404  2fa  404
applicant:invitation        GET   200
                            POST  422  200  200  200  422  422  200  200  200  200  200  200  200  200  422
applicant:invite            GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:materials         GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:message           GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:move              GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
applicant:page              GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:prechecks         GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:prechecks-answer  GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:prechecks-standing GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:remove            GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:reply             GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:sample            GET    in  200  200  404  200  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:standing          GET    in  204  204  404  204  404  404  404  404  404  404  404  404  2fa  404
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:start             GET    in  200  200  200  200  200  200  200  200  200  200  200  200  2fa  200
                            POST   in  302  302  302  403  403  403  403  403  403  403  403  403  2fa  403
applicant:start-for         GET    in  302  302  302  302  302  302  302  302  302  302  302  302  2fa  302
                            POST   in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
applicant:upload            GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:reuse             GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  422  422  404  422  404  404  404  404  404  404  404  404  2fa  404
applicant:reuse-all         GET    in  405  405  405  405  405  405  405  405  405  405  405  405  2fa  405
                            POST   in  302  302  404  302  404  404  404  404  404  404  404  404  2fa  404
officer:ask-experts         GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  404  404  404  404  404  403  403  2fa  403
officer:case-opinions       GET    in  403  403  403  403  403  404  404  404  404  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
officer:opinion             GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
officer:opinion-file        GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
officer:opinion-page        GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
officer:give-opinion        GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
officer:decline-opinion     GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
officer:opinions            GET    in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  403  2fa  403
officer:claim               GET    in  403  403  403  403  403  405  405  405  405  405  403  403  2fa  403
                            POST   in  403  403  403  403  403  409  409  409  409  409  403  403  2fa  403
officer:claim-one           GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  302  409  409  409  404  403  403  2fa  403
officer:document            GET    in  403  403  403  403  403  200  200  200  200  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
officer:file                GET    in  403  403  403  403  403  200  200  200  200  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
officer:finding-missed      GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  409  409  409  409  404  403  403  2fa  403
officer:finding-verdict     GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  409  409  409  409  404  403  403  2fa  403
officer:hand-over           GET    in  403  403  403  403  403  403  403  403  405  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  409  403  403  403  2fa  403
officer:message             GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  409  409  409  409  404  403  403  2fa  403
officer:move                GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  409  409  409  409  404  403  403  2fa  403
officer:originals           GET    in  403  403  403  403  403  403  200  403  200  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  405  403  405  403  403  403  2fa  403
officer:page                GET    in  403  403  403  403  403  200  200  200  200  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
officer:posting             GET    in  403  403  403  403  403  403  405  405  405  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  409  409  409  403  403  403  2fa  403
officer:queue               GET    in  403  403  403  403  403  200  200  200  200  200  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  405  403  403  2fa  403
officer:record              GET    in  403  403  403  403  403  200  200  200  200  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
officer:release             GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  302  409  409  302  404  403  403  2fa  403
officer:review              GET    in  403  403  403  403  403  200  200  200  200  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
officer:search              GET    in  403  403  403  403  403  200  200  200  200  200  403  403  2fa  403
                            POST   in  403  403  403  403  403  200  200  200  200  200  403  403  2fa  403
officer:statistics          GET    in  403  403  403  403  403  403  403  403  200  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  405  403  403  403  2fa  403
officer:statistics-csv      GET    in  403  403  403  403  403  403  403  403  200  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  405  403  403  403  2fa  403
officer:tick                GET    in  403  403  403  403  403  403  405  403  405  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  409  403  409  403  403  403  2fa  403
officer:standing            GET    in  403  403  403  403  403  403  204  403  204  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  405  403  405  403  403  403  2fa  403
officer:receive             GET    in  403  403  403  403  403  403  405  403  403  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  409  403  403  403  403  403  2fa  403
officer:ask                 GET    in  403  403  403  403  403  403  405  403  405  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  409  403  409  403  403  403  2fa  403
officer:client              GET    in  403  403  403  403  403  404  403  403  404  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  404  403  403  404  404  403  403  2fa  403
officer:clients             GET    in  403  403  403  403  403  404  403  403  404  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  404  403  403  404  404  403  403  2fa  403
officer:unmask              GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  200  200  200  200  404  403  403  2fa  403
officer:verdict             GET    in  403  403  403  403  403  405  405  405  405  404  403  403  2fa  403
                            POST   in  403  403  403  403  403  302  409  409  409  404  403  403  2fa  403
officer:window              GET    in  403  403  403  403  403  403  200  403  200  403  403  403  2fa  403
                            POST   in  403  403  403  403  403  403  200  403  200  403  403  403  2fa  403
operator:audit              GET    in  403  403  403  403  403  403  403  403  403  403  200  200  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  405  2fa  403
operator:clock              GET    in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  302  403  2fa  403
operator:duplicate          GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  422  403  2fa  403
operator:duplicate-unmask   GET    in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
operator:bulletin           GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  422  403  2fa  403
operator:bulletin-file      GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:bulletin-new       GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  422  403  2fa  403
operator:bulletins          GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:question           GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  422  403  2fa  403
operator:prechecks          GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:questions          GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:duplicates         GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:earlier            GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
operator:messages           GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:overview           GET    in  403  403  403  403  403  403  403  403  403  403  200  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
operator:requeue            GET    in  403  403  403  403  403  403  403  403  403  403  405  403  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  302  403  2fa  403
operator:sign-in-value      GET    in  403  403  403  403  403  403  403  403  403  403  403  405  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  200  2fa  403
operator:sign-ins           GET    in  403  403  403  403  403  403  403  403  403  403  403  200  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  302  2fa  403
operator:sign-ins-csv       GET    in  403  403  403  403  403  403  403  403  403  403  403  405  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  403  200  2fa  403
operator:verify             GET    in  403  403  403  403  403  403  403  403  403  403  200  200  2fa  403
                            POST   in  403  403  403  403  403  403  403  403  403  403  405  405  2fa  403
public:components           GET   200
                            POST  405
public:health               GET   200
                            POST  405
public:help                 GET   200
                            POST  405
public:home                 GET   200
                            POST  405
public:language             GET   405
                            POST  302
public:page                 GET   200
                            POST  405
public:sample               GET   200
                            POST  405
public:service              GET   200
                            POST  405
public:simulator            GET   200
                            POST  200
roster:accept               GET    in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  404  404  404  403  403  403  403  403  403  403  403  403  2fa  403
roster:calendar             GET    in  200  200  200  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  200  200  200  403  403  403  403  403  403  403  403  403  2fa  403
roster:feed                 GET   404
                            POST  405
roster:import               GET    in  200  200  200  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  422  422  422  403  403  403  403  403  403  403  403  403  2fa  403
roster:left                 GET    in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  422  422  404  403  403  403  403  403  403  403  403  403  2fa  403
roster:list                 GET    in  200  200  200  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
roster:member               GET    in  200  200  404  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
roster:preview              GET    in  404  404  404  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
roster:template             GET    in  200  200  200  403  403  403  403  403  403  403  403  403  2fa  403
                            POST   in  405  405  405  403  403  403  403  403  403  403  403  403  2fa  403
verify:ask                  GET   200
                            POST  422
verify:code                 GET   200
                            POST  405
verify:file                 GET   405
                            POST  422
"""


def read(grid: str) -> dict[str, dict[str, dict[str, str]]]:
    """By address, method and role. Raises on a line that does not fill the columns."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    name = ""
    for line in grid.strip("\n").splitlines()[1:]:
        if not line.startswith(" "):
            name, line = line.split(maxsplit=1)
        method, *codes = line.split()
        codes = codes * len(ROLES) if len(codes) == 1 else codes
        table.setdefault(name, {})[method] = dict(zip(ROLES, codes, strict=True))
    assert all(set(row) == {"GET", "POST"} for row in table.values()), "an address has one line for each method"
    return table


TABLE = read(GRID)
