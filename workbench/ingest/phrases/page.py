"""What a page says around its text: lists of articles, comment sections, buttons, notices."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench.ingest.phrases.folding import pattern, table

# A line that says this alone opens a list of other articles.
RELATED = table(
    {
        "en": "related|related article|related articles|related stories|related posts|related content"
        "|related news|related topics|read also|also read|see also|you may also like"
        "|you might also like|recommended for you|recommended articles|recommended reading|more stories"
        "|more articles|more like this|most read|most popular|trending now|up next|latest news"
        "|popular posts|keep reading|from the same author",
        "fr": "article connexe|articles connexes|article lié|articles liés|articles similaires"
        "|à lire aussi|lire aussi|à lire également|sur le même sujet|sur le même thème"
        "|vous aimerez aussi|vous pourriez aussi aimer|les plus lus|articles recommandés"
        "|dans la même rubrique|voir aussi",
        "de": "ähnliche artikel|verwandte artikel|verwandte themen|lesen sie auch|lies auch"
        "|mehr zum thema|das könnte sie auch interessieren|das könnte dich auch interessieren"
        "|auch interessant|meistgelesen|weitere artikel|passend zum thema",
        "es": "artículo relacionado|artículos relacionados|noticias relacionadas|contenido relacionado"
        "|lee también|lea también|te puede interesar|también te puede interesar|quizás te interese"
        "|más leídas|más leídos|lo más leído|lo más visto|más noticias",
        "pt": "artigo relacionado|artigos relacionados|notícias relacionadas|matérias relacionadas"
        "|leia também|veja também|pode interessar|você também pode gostar|mais lidas|mais lidos"
        "|conteúdo relacionado",
        "it": "articolo correlato|articoli correlati|leggi anche|potrebbe interessarti"
        "|potrebbero interessarti|ti potrebbe interessare|i più letti|notizie correlate",
        "nl": "gerelateerde artikelen|gerelateerd|lees ook|meest gelezen|meer over dit onderwerp",
        "pl": "podobne artykuły|powiązane artykuły|czytaj także|czytaj też|zobacz także|przeczytaj również",
        "ru": "читайте также|похожие статьи|похожие материалы|статьи по теме|по теме|материалы по теме|популярное",
        "tr": "ilgili haberler|ilgili yazılar|bunlar da ilginizi çekebilir|çok okunanlar",
        "ar": "مقالات ذات صلة|مواضيع ذات صلة|اقرأ أيضا|اقرأ أيضًا|قد يعجبك أيضا|الأكثر قراءة",
        "ja": "関連記事|関連ニュース|関連リンク|関連コンテンツ|あわせて読みたい|合わせて読みたい"
        "|おすすめ記事|おすすめの記事|人気記事|こちらもおすすめ"
        "|この記事を読んだ人はこんな記事も読んでいます|新着記事",
        "ko": "관련 기사|관련기사|관련 글|관련글|관련 뉴스|관련뉴스|추천 기사|추천기사"
        "|함께 보면 좋은 기사|많이 본 뉴스|인기 기사|이 기사도 보세요",
        "zh-Hans": "相关文章|相关阅读|相关新闻|相关报道|相关推荐|延伸阅读|扩展阅读|推荐阅读|热门文章"
        "|热门推荐|猜你喜欢|往期推荐|往期回顾|为你推荐|大家还在看|更多文章",
        "zh-Hant": "相關文章|相關閱讀|相關新聞|相關報導|相關報道|相關推薦|延伸閱讀|推薦閱讀|熱門文章"
        "|熱門推薦|猜你喜歡|往期推薦|為你推薦|大家還在看|更多文章",
    }
)

# A line that says this alone, often with a count, opens a comment section.
COMMENTS = table(
    {
        "en": "comment|comments|all comments|reader comments|top comments|user comments|responses"
        "|discussion|leave a comment|post a comment|add a comment|write a comment|join the conversation"
        "|view comments",
        "fr": "commentaire|commentaires|tous les commentaires|laisser un commentaire"
        "|ajouter un commentaire|vos commentaires|réactions|vos réactions",
        "de": "kommentar|kommentare|alle kommentare|leserkommentare|kommentar schreiben"
        "|kommentar verfassen|schreibe einen kommentar",
        "es": "comentario|comentarios|todos los comentarios|deja un comentario|deja tu comentario"
        "|escribe un comentario",
        "pt": "comentário|comentários|todos os comentários|deixe um comentário|deixe seu comentário",
        "it": "commento|commenti|tutti i commenti|lascia un commento",
        "nl": "reactie|reacties|alle reacties|plaats een reactie|geef een reactie",
        "pl": "komentarz|komentarze|dodaj komentarz|wszystkie komentarze",
        "ru": "комментарий|комментарии|комментариев|все комментарии|оставить комментарий|обсуждение",
        "tr": "yorum|yorumlar|yorum yap|tüm yorumlar",
        "ar": "تعليق|تعليقات|التعليقات|اترك تعليقا|أضف تعليقا",
        "ja": "コメント|コメント一覧|みんなのコメント|コメントを書く|コメントする|コメントを残す|件のコメント",
        "ko": "댓글|전체 댓글|댓글 쓰기|댓글 남기기|의견 쓰기|개의 댓글|댓글 개",
        "zh-Hans": "评论|评论区|全部评论|热门评论|精选评论|精选留言|网友评论|发表评论|条评论|留言|写留言|我要评论",
        "zh-Hant": "評論|評論區|全部評論|熱門評論|精選評論|精選留言|網友評論|發表評論|條評論|則評論|留言"
        "|則留言|寫留言|我要評論|發表留言",
    }
)

# A line that says nothing but this is a button, a menu entry or a count.
BUTTONS = table(
    {
        "en": "share|share this|share this article|tweet|like|likes|reply|replies|report|follow|following"
        "|subscribe|print|save|bookmark|copy link|email|facebook|twitter|linkedin|whatsapp|telegram"
        "|reddit|pinterest|instagram|read more|show more|load more|view more|see more|continue reading"
        "|learn more|back to top|menu|search|home|log in|login|sign in|sign up|register|newsletter"
        "|advertisement|sponsored|accept|accept all|accept cookies|reject all|cookie settings"
        "|skip to content|skip to main content|next|previous|next article|previous article|views|view"
        "|reads|min read|shares|upvote|downvote|show replies|hide replies|edited|min",
        "fr": "partager|partagez|partager cet article|j aime|répondre|réponses|signaler|suivre|s abonner"
        "|abonnez vous|imprimer|enregistrer|lire la suite|voir plus|afficher plus|charger plus"
        "|en savoir plus|haut de page|retour en haut|menu|rechercher|accueil|connexion|se connecter"
        "|s inscrire|publicité|accepter|tout accepter|tout refuser|paramétrer|aller au contenu|suivant"
        "|précédent|vues|lectures|partages|article suivant|article précédent",
        "de": "teilen|artikel teilen|gefällt mir|antworten|melden|folgen|abonnieren|drucken|merken"
        "|weiterlesen|mehr anzeigen|mehr laden|mehr erfahren|nach oben|menü|suche|suchen|startseite"
        "|anmelden|registrieren|anzeige|werbung|akzeptieren|alle akzeptieren|ablehnen|alle ablehnen"
        "|zum inhalt springen|weiter|zurück|aufrufe",
        "es": "compartir|comparte|me gusta|responder|respuestas|denunciar|reportar|seguir|suscribirse"
        "|suscríbete|imprimir|guardar|leer más|ver más|cargar más|seguir leyendo|volver arriba|menú"
        "|buscar|inicio|iniciar sesión|registrarse|publicidad|aceptar|aceptar todo|rechazar"
        "|saltar al contenido|siguiente|anterior|vistas",
        "pt": "compartilhar|compartilhe|partilhar|curtir|gostei|responder|respostas|denunciar|seguir"
        "|assinar|assine|imprimir|salvar|ler mais|leia mais|saiba mais|ver mais|carregar mais"
        "|continuar lendo|voltar ao topo|buscar|início|entrar|cadastre se|publicidade|aceitar"
        "|aceitar todos|recusar|pular para o conteúdo|próximo|visualizações",
        "it": "condividi|mi piace|rispondi|segnala|segui|abbonati|stampa|salva|leggi tutto|leggi di più"
        "|mostra altro|torna su|cerca|accedi|registrati|pubblicità|accetta|accetta tutti|rifiuta"
        "|successivo|precedente",
        "nl": "delen|deel dit artikel|vind ik leuk|antwoorden|reageer|volgen|abonneren|afdrukken"
        "|lees meer|meer laden|zoeken|inloggen|advertentie|accepteren|volgende|vorige",
        "pl": "udostępnij|lubię to|odpowiedz|zgłoś|obserwuj|subskrybuj|drukuj|czytaj więcej|zaloguj się|reklama",
        "ru": "поделиться|нравится|ответить|пожаловаться|подписаться|печать|читать далее|показать ещё"
        "|показать еще|войти|поиск|реклама|принять|наверх|просмотров",
        "tr": "paylaş|beğen|yanıtla|takip et|abone ol|yazdır|devamını oku|giriş yap|reklam|kabul et",
        "ar": "شارك|مشاركة|إعجاب|رد|الرد|متابعة|اشترك|طباعة|اقرأ المزيد|المزيد|تسجيل الدخول|إعلان|موافق|بحث",
        "ja": "シェア|シェアする|共有|ツイート|いいね|いいね!|返信|返信する|報告|フォロー|フォローする"
        "|印刷|保存|続きを読む|もっと見る|トップへ戻る|ページトップへ|メニュー|検索|ホーム|ログイン"
        "|会員登録|広告|同意する|次へ|前へ|次の記事|前の記事|件",
        "ko": "공유|공유하기|좋아요|답글|답글 달기|답글쓰기|신고|팔로우|구독|구독하기|인쇄|저장|더보기"
        "|더 보기|계속 읽기|맨 위로|메뉴|검색|홈|로그인|회원가입|광고|동의|다음|이전|조회수|개",
        "zh-Hans": "分享|分享到|点赞|赞|在看|回复|举报|关注|已关注|订阅|打印|收藏|阅读全文|阅读原文"
        "|查看更多|加载更多|展开|展开全文|返回顶部|菜单|搜索|首页|登录|注册|广告|同意|接受|下一篇"
        "|上一篇|阅读|浏览|次阅读|转发|复制链接|扫一扫",
        "zh-Hant": "分享|分享到|按讚|讚|在看|回覆|檢舉|舉報|關注|追蹤|訂閱|列印|收藏|閱讀全文|閱讀原文"
        "|查看更多|載入更多|展開|展開全文|返回頂部|回到頂部|選單|搜尋|首頁|登入|註冊|廣告|同意|接受"
        "|下一篇|上一篇|閱讀|瀏覽|次閱讀|轉發|複製連結|掃一掃",
    }
)

# What pages are counted with.
COUNTERS = table(
    {
        "en": "page|p|pg|slide|sheet",
        "fr": "diapositive|diapo|feuille|feuillet",
        "de": "seite|s|blatt|folie",
        "es": "página|pág|diapositiva|hoja",
        "pt": "folha",
        "it": "pagina|pag",
        "nl": "blz|bladzijde",
        "pl": "strona|str",
        "ru": "страница|стр|с|лист",
        "tr": "sayfa",
        "ar": "صفحة",
        "ja": "ページ|頁|第 頁|第 ページ",
        "ko": "쪽|페이지",
        "zh-Hans": "页|第 页",
        "zh-Hant": "頁|第 頁",
    }
)

# A short paragraph near the beginning or the end that says one of these is the site speaking, not the text.
MARGINS: Mapping[str, re.Pattern[str]] = {
    "a copyright notice": pattern(
        {
            "en": "all rights reserved|no part of this publication|may not be reproduced|reprinted with permission",
            "fr": "tous droits réservés|reproduction interdite|reproduction partielle ou totale",
            "de": "alle rechte vorbehalten|nachdruck verboten",
            "es": "todos los derechos reservados|prohibida la reproducción|prohibida su reproducción",
            "pt": "todos os direitos reservados|proibida a reprodução",
            "it": "tutti i diritti riservati|riproduzione riservata",
            "ru": "все права защищены",
            "ar": "جميع الحقوق محفوظة",
            "ja": "無断転載|無断複製|著作権は",
            "ko": "무단 전재|무단전재|재배포 금지|저작권자",
            "zh-Hans": "版权所有|版权归|未经授权|未经许可|禁止转载|谢绝转载|转载请注明|转载请联系|侵权请联系|侵删",
            "zh-Hant": "版權所有|版權歸|未經授權|未經許可|禁止轉載|謝絕轉載|轉載請註明|轉載請聯繫|侵權請聯繫|侵刪",
        }
    ),
    "a disclaimer": pattern(
        {
            "en": "views expressed in this article|views expressed here are|opinions expressed in this"
            "|this article was originally published|does not constitute investment advice"
            "|this is a machine translation",
            "fr": "les opinions exprimées|cet article a été initialement publié|ne constitue pas un conseil",
            "de": "geben die meinung des autors|dieser artikel erschien zuerst|keine anlageberatung",
            "es": "las opiniones expresadas en este|este artículo se publicó originalmente",
            "pt": "as opiniões expressas neste|este artigo foi publicado originalmente",
            "ja": "個人の見解であり|投資助言ではありません|本記事は…転載",
            "ko": "본 기사는…입장과 다를 수|투자 권유",
            "zh-Hans": "不代表…立场|仅代表作者|本文编译自|本文转载自|本文来自微信公众号|不构成投资建议|文章仅供参考",
            "zh-Hant": "不代表…立場|僅代表作者|本文編譯自|本文轉載自|本文來自微信公眾號|不構成投資建議|文章僅供參考",
        }
    ),
    "an invitation to follow or subscribe": pattern(
        {
            "en": "subscribe to our|sign up for our|join our newsletter|join our community|follow us on"
            "|follow me on|like us on facebook|download our app|support our journalism|become a member"
            "|get our newsletter|share this article|tell us what you think in the comments",
            "fr": "abonnez vous à notre|inscrivez vous à notre|suivez nous sur|recevez notre newsletter"
            "|rejoignez notre communauté|téléchargez notre application|partagez cet article"
            "|dites le nous en commentaire",
            "de": "abonnieren sie unseren|abonniere unseren|folgen sie uns|folge uns auf"
            "|melden sie sich für unseren|zum newsletter anmelden|laden sie unsere app"
            "|werden sie mitglied",
            "es": "suscríbete a nuestro|suscríbase a nuestro|suscríbete a nuestra|síguenos en"
            "|únete a nuestra comunidad|recibe nuestro boletín|descarga nuestra app"
            "|comparte este artículo",
            "pt": "assine nossa|assine a nossa|inscreva se em|siga nos n|receba nossa newsletter"
            "|junte se à nossa|baixe nosso aplicativo|compartilhe este artigo",
            "it": "iscriviti alla nostra|seguici su|scarica la nostra app|unisciti alla nostra",
            "nl": "abonneer je op|volg ons op|schrijf je in voor onze",
            "ru": "подписывайтесь на|подпишитесь на наш|следите за нами|вступайте в нашу",
            "ja": "メルマガ登録|ニュースレターに登録|フォローしてください|公式アカウントをフォロー"
            "|チャンネル登録|会員登録はこちら",
            "ko": "뉴스레터를 구독|뉴스레터 구독|채널을 구독|팔로우해 주세요|앱을 다운로드",
            "zh-Hans": "欢迎关注|关注我们|关注公众号|关注本公众号|加入我们|我们的社群|读者群|交流群"
            "|扫描二维码|扫码|长按识别|长按二维码|搜索…关注|扫码关注|欢迎转发|欢迎留言|下方留言"
            "|转给…朋友|评论区留言|留言区|点个赞|点击在看|下载app|设为星标",
            "zh-Hant": "歡迎關注|關注我們|關注公眾號|追蹤我們|加入我們|我們的社群|讀者群|交流群"
            "|掃描二維碼|掃碼|掃描qr|長按識別|搜索…關注|搜尋…追蹤|歡迎轉發|歡迎留言|下方留言|轉給…朋友"
            "|評論區留言|留言區|點個讚|訂閱我們|訂閱電子報|下載app|設為星標",
        }
    ),
    "a cookie or privacy notice": pattern(
        {
            "en": "we use cookies|this site uses cookies|this website uses cookies|our use of cookies"
            "|cookie policy|privacy policy|terms of use|terms of service|terms and conditions",
            "fr": "nous utilisons des cookies|ce site utilise des cookies|politique de confidentialité"
            "|mentions légales|conditions générales d utilisation",
            "de": "wir verwenden cookies|diese website verwendet cookies|datenschutzerklärung"
            "|allgemeine geschäftsbedingungen|cookie richtlinie",
            "es": "utilizamos cookies|usamos cookies|este sitio utiliza cookies|política de privacidad|aviso legal",
            "pt": "usamos cookies|utilizamos cookies|este site usa cookies|política de privacidade|termos de uso",
            "it": "utilizziamo i cookie|questo sito utilizza i cookie|informativa sulla privacy",
            "nl": "wij gebruiken cookies|deze website gebruikt cookies|privacybeleid",
            "ru": "мы используем файлы cookie|политика конфиденциальности",
            "ja": "cookieを使用|クッキーを使用|プライバシーポリシー|利用規約",
            "ko": "쿠키를 사용|개인정보 처리방침|개인정보처리방침|이용약관",
            "zh-Hans": "使用cookie|隐私政策|用户协议|使用条款",
            "zh-Hant": "使用cookie|隱私政策|隱私權政策|用戶協議|使用條款",
        }
    ),
}

# Labels at the beginning of a note that the editors, not the author, put near the text.
NOTICES = table(
    {
        "en": "disclaimer|editor s note|editors note|editorial note|legal notice|publisher s note",
        "fr": "avertissement|note de la rédaction|ndlr|mention légale|clause de non responsabilité",
        "de": "haftungsausschluss|hinweis der redaktion|anmerkung der redaktion|anm d red",
        "es": "aviso|aviso legal|nota del editor|nota de la redacción|descargo de responsabilidad",
        "pt": "aviso|aviso legal|nota do editor|nota da redação|isenção de responsabilidade",
        "ja": "免責事項|編集部注|編集部より|ご注意|お断り",
        "ko": "면책 조항|편집자 주|편집자주|알림|안내",
        "zh-Hans": "声明|免责声明|版权声明|本文声明|提醒|温馨提示|特别提示|编者按|编者注|风险提示",
        "zh-Hant": "聲明|免責聲明|版權聲明|本文聲明|提醒|溫馨提示|特別提示|編者按|編者註|風險提示",
    }
)
