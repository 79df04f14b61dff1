"""Labels of who and what a text comes from: "Label: value"."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.ingest.phrases.folding import pattern, table

# "Label: value" where the value is somebody or something that the text comes from.
_PICTURE = table(
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
_ORIGIN = table(
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
_PEOPLE = table(
    {
        "en": "by|author|authors|writer|written by|translator|translated by|translation|editor|edited by"
        "|reporter|published by|posted by|compiled by|transcript by|transcriber|reviewer|reviewed by|subtitles"
        "|proofreading",
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
_DATE = table(
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
_LENGTH = table(
    {
        "en": "reading time|estimated reading time|read time",
        "fr": "temps de lecture|durée de lecture",
        "de": "lesezeit|lesedauer",
        "es": "tiempo de lectura|tiempo estimado de lectura",
        "pt": "tempo de leitura",
        "ja": "読了時間",
        "ko": "읽는 시간",
        "zh-Hans": "阅读时间|阅读时长|字数",
        "zh-Hant": "閱讀時間|字數",
    }
)
CREDITS: Mapping[str, str] = {
    **dict.fromkeys(_LENGTH, "how long it takes to read"),
    **dict.fromkeys(_DATE, "a date of publication"),
    **dict.fromkeys(_PEOPLE, "a byline or credit"),
    **dict.fromkeys(_ORIGIN, "a source or link"),
    **dict.fromkeys(_PICTURE, "a picture credit"),
}
# How a line of the first or the last subtitle begins that says who made them.
SUBTITLERS = pattern(
    {
        "": "…opensubtitles|…addic7ed|…subscene|…amara org|…subtitle cat",
        "en": "subtitles by|subtitled by|captions by|captioned by|captioning by|sync by|synced by|sync and corrections"
        "|transcribed by",
        "fr": "sous titres par|sous titres réalisés|sous titrage|sous titré par",
        "de": "untertitel von|untertitelung|untertitel im auftrag",
        "es": "subtítulos por|subtítulos de|subtítulos realizados|subtitulado por|subtitulos por",
        "pt": "legendas por|legendado por|legendas de",
        "ja": "字幕翻訳|字幕制作",
        "ko": "자막 제작|자막제작",
        "zh-Hans": "…字幕组|字幕制作|字幕志愿者",
        "zh-Hant": "…字幕組|字幕製作|字幕志願者",
    }
)
