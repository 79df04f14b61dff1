"""What pages say around their text, by language: data for the rules in `structure`.

Everything is compared after `fold`: case, punctuation and digits do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

_NO_LETTERS = re.compile(r"[\W\d_]+")


def fold(text: str) -> str:
    """The letters of a line, in lower case, with single spaces.

    >>> fold("Commentaires (51)")
    'commentaires'
    """
    return _NO_LETTERS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _table(by_language: Mapping[str, str]) -> frozenset[str]:
    """Phrases separated by "|"."""
    return frozenset(fold(phrase) for line in by_language.values() for phrase in line.split("|")) - {""}


def _pattern(by_language: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the phrases within a folded line; "…" stands for some words between."""
    phrases = (phrase for line in by_language.values() for phrase in line.split("|"))
    return re.compile("|".join(".{0,40}".join(map(re.escape, map(fold, phrase.split("…")))) for phrase in phrases))


# A line that says this alone opens a list of other articles.
RELATED = _table(
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
COMMENTS = _table(
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
BUTTONS = _table(
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

# "Label: value" where the value is somebody or something that the text comes from.
_PICTURE = _table(
    {
        "en": "image|image source|image credit|image credits|photo|photo by|photo credit|photograph"
        "|picture|credit|illustration|cover image|featured image|caption",
        "fr": "image|crédit|crédit photo|crédits photo|photo|crédit image|illustration|légende|source de l image",
        "de": "bild|foto|bildquelle|bildnachweis|fotos|titelbild",
        "es": "imagen|foto|crédito|créditos|fuente de la imagen|fotografía",
        "pt": "imagem|foto|crédito|créditos|crédito da foto|fonte da imagem|fotografia",
        "it": "immagine|foto|crediti|fonte immagine",
        "nl": "beeld|foto|afbeelding",
        "ru": "фото|изображение|иллюстрация",
        "ja": "写真|画像|画像出典|画像提供|写真提供|撮影|出典",
        "ko": "사진|사진 제공|이미지|이미지 출처|사진 출처|출처",
        "zh-Hans": "图|图片|图片来源|图源|配图|题图|封面图|图片来自|头图|摄影",
        "zh-Hant": "圖|圖片|圖片來源|圖源|配圖|題圖|封面圖|圖片來自|頭圖|攝影",
    }
)
_ORIGIN = _table(
    {
        "en": "source|sources|original|original video|original article|original link|video|via|link|url"
        "|watch|watch the full video|full interview|reference|references",
        "fr": "source|sources|vidéo|vidéo originale|article original|lien|via|référence|références",
        "de": "quelle|quellen|original|originalvideo|originalartikel|video|link",
        "es": "fuente|fuentes|vídeo|video|vídeo original|video original|artículo original|enlace",
        "pt": "fonte|fontes|vídeo|vídeo original|artigo original|ligação",
        "it": "fonte|fonti|video originale|articolo originale",
        "nl": "bron|bronnen|originele video",
        "ru": "источник|источники|оригинал|видео",
        "ja": "出所|元記事|元動画|原文|動画|参考|参照|引用元|リンク",
        "ko": "원문|원본|원본 영상|영상|링크|참고",
        "zh-Hans": "来源|原视频|原文|原文链接|原文标题|视频来源|视频|链接|参考资料|参考来源|参考链接|转载自",
        "zh-Hant": "來源|原視頻|原影片|原文|原文鏈接|原文連結|原文標題|影片來源|視頻|影片|鏈接|連結"
        "|參考資料|參考來源|轉載自",
    }
)
_PEOPLE = _table(
    {
        "en": "by|author|authors|writer|written by|translator|translated by|translation|editor|edited by"
        "|reporter|published by|posted by|compiled by|transcript by|proofreading",
        "fr": "par|auteur|autrice|rédaction|rédigé par|traduction|traducteur|traductrice|traduit par|éditeur",
        "de": "von|autor|autorin|text|übersetzung|übersetzer|übersetzt von|redaktion",
        "es": "por|autor|autora|escrito por|traducción|traductor|traductora|traducido por|edición|redacción",
        "pt": "por|autor|autora|escrito por|tradução|tradutor|tradutora|traduzido por|edição|redação",
        "it": "di|autore|autrice|scritto da|traduzione|traduttore|tradotto da|redazione",
        "nl": "door|auteur|vertaling|vertaald door|redactie",
        "ru": "автор|текст|перевод|переводчик|редактор",
        "ja": "文|著者|執筆|筆者|翻訳|訳|編集|編集部|取材|構成",
        "ko": "글|저자|번역|옮긴이|편집|기자|글쓴이",
        "zh-Hans": "作者|撰文|文|编译|编译者|翻译|译者|编辑|责编|责任编辑|校对|审校|排版|整理|出品|记者报道|字幕",
        "zh-Hant": "作者|撰文|文|編譯|編譯者|翻譯|譯者|編輯|責編|責任編輯|校對|審校|排版|整理|出品|字幕",
    }
)
_DATE = _table(
    {
        "en": "date|published|published on|published at|posted|posted on|updated|last updated|created|time",
        "fr": "date|publié|publié le|mis à jour|mis à jour le|dernière mise à jour",
        "de": "datum|veröffentlicht|veröffentlicht am|aktualisiert|aktualisiert am|stand",
        "es": "fecha|publicado|publicado el|actualizado|actualizado el",
        "pt": "data|publicado|publicado em|atualizado|atualizado em",
        "ja": "日付|公開日|更新日|投稿日|公開|更新|掲載日",
        "ko": "날짜|입력|수정|등록|게시일|작성일",
        "zh-Hans": "日期|时间|发布时间|发布日期|更新时间|发表于",
        "zh-Hant": "日期|時間|發布時間|發佈時間|發布日期|更新時間|發表於",
    }
)
CREDITS: Mapping[str, str] = {
    **dict.fromkeys(_DATE, "a date of publication"),
    **dict.fromkeys(_PEOPLE, "a byline or credit"),
    **dict.fromkeys(_ORIGIN, "a source or link"),
    **dict.fromkeys(_PICTURE, "a picture credit"),
}

# A short paragraph near the beginning or the end that says one of these is the site speaking, not the text.
MARGINS: Mapping[str, re.Pattern[str]] = {
    "a copyright notice": _pattern(
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
    "a disclaimer": _pattern(
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
    "an invitation to follow or subscribe": _pattern(
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
    "a cookie or privacy notice": _pattern(
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
NOTICES = _table(
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

# Headings of what stands apart from the text proper, and of a list of sources at its end.
SUMMARIES = _table(
    {
        "en": "highlights|key points|key takeaways|takeaways|summary|abstract|tl dr|in brief|at a glance|overview",
        "fr": "résumé|points clés|points forts|en bref|l essentiel|à retenir|sommaire",
        "de": "zusammenfassung|das wichtigste in kürze|auf einen blick|kurz gefasst",
        "es": "resumen|puntos clave|lo esencial|en breve|claves",
        "pt": "resumo|pontos principais|destaques|em resumo|pontos chave",
        "ja": "要約|概要|まとめ|ポイント|要点|ハイライト",
        "ko": "요약|개요|핵심 요약|하이라이트|요점",
        "zh-Hans": "摘要|要点|亮点|核心观点|本文要点|内容提要|导读|太长不看|总结",
        "zh-Hant": "摘要|要點|亮點|核心觀點|本文要點|內容提要|導讀|總結|重點",
    }
)
SOURCES = _table(
    {
        "en": "reference|references|source|sources|bibliography|works cited|external links|citations",
        "fr": "référence|références|source|sources|bibliographie|liens externes",
        "de": "quelle|quellen|quellenangaben|literatur|literaturverzeichnis|einzelnachweise|weblinks",
        "es": "referencia|referencias|fuente|fuentes|bibliografía|enlaces externos",
        "pt": "referência|referências|fonte|fontes|bibliografia|ligações externas",
        "it": "riferimenti|fonti|bibliografia|collegamenti esterni",
        "nl": "bronnen|referenties|externe links",
        "ru": "источники|литература|ссылки|примечания",
        "ja": "参考文献|参考資料|参考|出典|脚注|外部リンク",
        "ko": "참고 문헌|참고문헌|참고 자료|출처|외부 링크",
        "zh-Hans": "参考文献|参考资料|参考|来源|外部链接|参考链接",
        "zh-Hant": "參考文獻|參考資料|參考|來源|外部連結|參考連結",
    }
)

# Labels that are a speaker even where they occur once.
ROLES = _table(
    {
        "en": "host|moderator|interviewer|interviewee|presenter|narrator|announcer|speaker|guest|audience"
        "|audience member|reporter|q|a|question|answer",
        "fr": "animateur|animatrice|modérateur|modératrice|présentateur|présentatrice|intervieweur"
        "|journaliste|invité|invitée|narrateur|public|question|réponse|r",
        "de": "moderator|moderatorin|interviewer|sprecher|sprecherin|gast|publikum|frage|antwort|f",
        "es": "moderador|moderadora|entrevistador|entrevistadora|presentador|presentadora|invitado"
        "|invitada|narrador|público|pregunta|respuesta|p",
        "pt": "moderador|moderadora|entrevistador|entrevistadora|apresentador|apresentadora|convidado"
        "|convidada|narrador|público|pergunta|resposta",
        "it": "moderatore|moderatrice|intervistatore|conduttore|conduttrice|ospite|pubblico|domanda|risposta",
        "ru": "ведущий|ведущая|корреспондент|гость|вопрос|ответ",
        "ja": "司会|司会者|聞き手|インタビュアー|質問|回答|質問者|記者|ナレーター|観客",
        "ko": "사회자|진행자|질문|답변|답|문|기자|인터뷰어|청중",
        "zh-Hans": "主持人|主持|记者|采访者|嘉宾|观众|提问|提问者|问|答|旁白|发言人",
        "zh-Hant": "主持人|主持|記者|採訪者|來賓|嘉賓|觀眾|提問|提問者|問|答|旁白|發言人",
    }
)
# Labels that repeat and yet nobody speaks.
NOT_SPEAKERS = (
    frozenset(CREDITS)
    | SOURCES
    | SUMMARIES
    | COMMENTS
    | NOTICES
    | RELATED
    | _table(
        {
            "en": "note|notes|example|examples|tip|warning|important|caution|figure|fig|table|step"
            "|chapter|section|part|conclusion|introduction|ps|nb|re|subject|from|to|cc|bcc|sent|name"
            "|title|tags|category|keywords|address|phone|tel|email|website|http|https|pros|cons|update"
            "|correction|disclaimer|day|week|year|lesson|rule",
            "fr": "note|remarque|exemple|exemples|attention|important|figure|tableau|étape|chapitre"
            "|partie|objet|de|à|nom|titre|adresse|téléphone|avantages|inconvénients|mise à jour",
            "de": "hinweis|anmerkung|beispiel|achtung|wichtig|abbildung|abb|tabelle|schritt|kapitel|teil"
            "|betreff|an|name|titel|adresse|telefon|vorteile|nachteile",
            "es": "nota|ejemplo|ejemplos|atención|importante|figura|tabla|paso|capítulo|parte|asunto|para"
            "|de|nombre|título|dirección|teléfono|ventajas|desventajas",
            "pt": "nota|exemplo|exemplos|atenção|importante|figura|tabela|passo|capítulo|parte|assunto"
            "|para|de|nome|título|endereço|telefone|vantagens|desvantagens",
            "ja": "注|例|注意|重要|図|表|手順|章|件名|宛先|差出人|名前|住所|電話|メリット|デメリット",
            "ko": "주|예|참고|주의|중요|그림|표|단계|장|제목|이름|주소|전화|장점|단점",
            "zh-Hans": "注|例|例如|注意|提示|重要|图表|表|步骤|章|主题|姓名|地址|电话|优点|缺点|第一|第二"
            "|第三|首先|其次|最后|另外",
            "zh-Hant": "注|註|例|例如|注意|提示|重要|圖表|表|步驟|章|主題|姓名|地址|電話|優點|缺點|第一"
            "|第二|第三|首先|其次|最後|另外",
        }
    )
)
# A label with one of these is part of a sentence: "他说：", "Then she said:".
SAYS = _table(
    {
        "en": "says|said|asks|asked|wrote|adds|added|answered|replied|thinks|thought|shouted|cried",
        "fr": "dit|demande|demanda|répond|répondit|ajoute|ajouta|écrit|écrivit|déclare|déclara",
        "de": "sagt|sagte|sagen|sprach|fragt|fragte|ruft|rief|rufen|denkt|denken|dachte|antwortet|antwortete|schrieb",
        "es": "dice|dijo|pregunta|preguntó|respondió|añadió|escribió",
        "pt": "diz|disse|perguntou|respondeu|acrescentou|escreveu",
        "ja": "言った|述べた|話した|語った|によると",
        "ko": "말했다|물었다|대답했다|따르면",
        "zh-Hans": "说|道|表示|认为|问道|写道|如下|包括|指出",
        "zh-Hant": "說|道|表示|認為|問道|寫道|如下|包括|指出",
    }
)

# Besides the names of months and days: what a line that is only a date or a time may say.
_TIMES = _table(
    {
        "en": "am|pm|a m|p m|utc|gmt|est|edt|cst|pst|pdt|cet|cest|at|on|ago|just now|today|yesterday"
        "|second|seconds|minute|minutes|min|mins|hour|hours|hr|hrs|day|days|week|weeks|month|months"
        "|year|years|an|a|one|st|nd|rd|th|h|d|w|t|z|edited|updated|posted|published|last|z",
        "fr": "le|à|il y a|aujourd hui|hier|seconde|secondes|minute|minutes|heure|heures|jour|jours"
        "|semaine|semaines|mois|an|ans|année|années|un|une|er|h|publié|mis à jour",
        "de": "am|um|uhr|vor|heute|gestern|sekunde|sekunden|minute|minuten|stunde|stunden|tag|tagen|woche"
        "|wochen|monat|monaten|jahr|jahren|einem|einer|den|der",
        "es": "el|a las|a la|hace|hoy|ayer|segundo|segundos|minuto|minutos|hora|horas|día|días|semana"
        "|semanas|mes|meses|año|años|de|del|un|una|las",
        "pt": "em|às|há|atrás|hoje|ontem|segundo|segundos|minuto|minutos|hora|horas|dia|dias|semana"
        "|semanas|mês|meses|ano|anos|de|do|um|uma",
        "it": "il|alle|fa|oggi|ieri|minuti|ore|ora|giorni|giorno|settimane|mesi|anni|anno",
        "nl": "om|geleden|vandaag|gisteren|minuten|uur|dagen|weken|maanden|jaar",
        "ru": "в|назад|сегодня|вчера|минут|минуту|минуты|часов|часа|час|дней|дня|день|недель|недели"
        "|месяцев|лет|год|года|г",
        "ja": "年|月|日|時|分|秒|午前|午後|前|秒前|分前|時間前|時間|日前|週間前|か月前|ヶ月前|年前|今日|昨日|日時",
        "ko": "년|월|일|시|분|초|오전|오후|전|초 전|분 전|시간 전|일 전|주 전|개월 전|년 전|오늘|어제|시간|방금",
        "zh": "年|月|日|号|號|时|時|点|點|分|秒|上午|下午|晚上|中午|前|秒前|分钟前|分鐘前|小时前|小時前"
        "|天前|周前|週前|个月前|個月前|年前|今天|昨天|前天|刚刚|剛剛|分钟|分鐘|小时|小時|天",
    }
)
# A remark in brackets that describes a sound.
SOUNDS = _table(
    {
        "en": "laughter|laughs|laughing|applause|music|cheering|cheers|sighs|silence|inaudible|crosstalk",
        "fr": "rires|rire|applaudissements|musique|silence|inaudible",
        "de": "lachen|gelächter|lacht|applaus|beifall|musik|unverständlich",
        "es": "risas|ríe|aplausos|música|silencio|inaudible",
        "pt": "risos|ri|aplausos|música|silêncio|inaudível",
        "ja": "笑|笑い|拍手|音楽|歓声",
        "ko": "웃음|박수|음악|환호",
        "zh-Hans": "笑|笑声|掌声|鼓掌|音乐|欢呼",
        "zh-Hant": "笑|笑聲|掌聲|鼓掌|音樂|歡呼",
    }
)
# A date without a digit.
NOW = _table(
    {
        "en": "just now|now|today|yesterday|a minute ago|an hour ago|a day ago|a week ago|a month ago|a year ago",
        "fr": "à l instant|aujourd hui|hier|il y a un jour|il y a une heure|il y a un mois|il y a un an",
        "de": "gerade eben|heute|gestern|vor einem tag|vor einer stunde|vor einem monat|vor einem jahr",
        "es": "ahora|hoy|ayer|hace un día|hace una hora|hace un mes|hace un año",
        "pt": "agora|hoje|ontem|há um dia|há uma hora|há um mês|há um ano",
        "ja": "たった今|今日|昨日|一昨日",
        "ko": "방금|방금 전|오늘|어제|그저께",
        "zh": "刚刚|剛剛|今天|昨天|前天",
    }
)
_CALENDARS = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "ru", "tr", "ar", "ja", "ko", "zh", "zh_Hant")


@cache
def date_words() -> frozenset[str]:
    """Every word, folded, that a line consisting of a date or a time may hold."""
    from babel import Locale

    names: set[str] = set()
    for calendar in map(Locale.parse, _CALENDARS):
        for table in (calendar.months, calendar.days):
            for width in ("wide", "abbreviated"):
                names.update(_words(table["format"][width].values()))
    return frozenset(names) | frozenset(_words(_TIMES))


def _words(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in fold(phrase).split()}
